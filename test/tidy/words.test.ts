// One word per idea (docs/glossary.md). These are the synonyms that we do not use.
import { expect, test } from 'vitest';
import {
  type Complaint,
  type Exception,
  exceptFor,
  placeOf,
  readSources,
  type Source,
  sourceOf,
} from './support/source.ts';

const REPLACEMENTS = new Map(
  Object.entries({
    packet: 'segment',
    packets: 'segments',
    nodes: 'hosts',
    toxic: 'fault',
    toxics: 'faults',
    clog: 'hold',
    clogs: 'holds',
    clogged: 'held',
    unclog: 'release',
    tick: 'turn or step',
    ticks: 'turns or steps',
    tape: 'schedule',
    tapes: 'schedules',
  }),
);

/** A node is a machine only where it has an article; without one it is the runtime. */
const MACHINE = /\b(?:an?|the|each|every|per|another|one|two) node\b(?!\.)/gi;

/** Names that are not ours: Node's own, and those of CI variables. */
const NOT_OURS =
  /\bnode:|\bnode@|\bnode_modules\b|\bnextTick\b|\bTickObject\b|\b_tickCallback\b|\bCI_NODE_(?:INDEX|TOTAL)\b|\bNODE_[A-Z_]+\b/g;

const EXCEPTIONS: readonly Exception[] = [
  { place: 'src/harness/global-timers.ts', about: 'tick', reason: "a method of fake-timers' clock" },
];

function complainOfWords(source: Source): Complaint[] {
  const readable = source.text.replace(NOT_OURS, (name) => ' '.repeat(name.length));
  const machines = [...readable.matchAll(MACHINE)].map(
    (match) => `${placeOf(source, match.index)}: "${match[0]}" is banned here, say host`,
  );
  const synonyms = [...readable.matchAll(/[A-Z]?[a-z]+/g)].flatMap((match) => {
    const replacement = REPLACEMENTS.get(match[0].toLowerCase());
    if (replacement === undefined) return [];
    return [`${placeOf(source, match.index)}: the word ${match[0]} is banned here, say ${replacement}`];
  });
  return [...synonyms, ...machines];
}

test('src uses one word per idea', () => {
  expect(exceptFor(readSources('src').flatMap(complainOfWords), EXCEPTIONS)).toEqual([]);
});

test('a banned word is found in identifiers, comments and messages', () => {
  const text = "const nextPacket = 1;\n// clogged\nconst message = 'the node stopped';";
  expect(complainOfWords(sourceOf('src/sim/a.ts', text))).toEqual([
    'src/sim/a.ts:1: the word Packet is banned here, say segment',
    'src/sim/a.ts:2: the word clogged is banned here, say held',
    'src/sim/a.ts:3: "the node" is banned here, say host',
  ]);
});

test('names that are not ours are let through', () => {
  const text =
    "import 'node:net'; process.nextTick(f); process._tickCallback(); // as in Node\nenvironment.CI_NODE_INDEX; 'npx node@24';";
  expect(complainOfWords(sourceOf('src/real/a.ts', text))).toEqual([]);
});
