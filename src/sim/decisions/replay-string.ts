// The printed form of a schedule: fw2.SCENARIO.FAMILIES.DEVIATION….kCHECK-SUM
// One DEVIATION is INDEX LABEL CHOICE - ARITY, `12sp2-5`, in fw3 also with the number of events that one lets go ahead, `12or1-3x4`;
// FAMILIES, CHECK and SUM are base 36. CHECK tells whether the code is that of the recording, SUM whether the string is. fw1 had no
// SUM, and is still read. fw3 is written only where fw2 could not say it. Safe in a shell and in a URL.

import { show } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';
import { DivergedError, SimulationError } from '../errors.ts';
import { type DeviationPoint, deviationsOf } from '../strategies/replay.ts';
import type { Chain, Decisions, Strategy } from './decisions.ts';
import {
  FAMILIES,
  type Family,
  FIRST_PROGRAM_LABEL,
  familyMask,
  LABELS,
  type Label,
  ORDER,
} from './label.ts';
import { Waits } from './waits.ts';

const VERSION = 'fw2';
const WITHOUT_SUM = 'fw1';
const WITH_WAITS = 'fw3';
const VERSIONS: readonly string[] = [WITHOUT_SUM, VERSION, WITH_WAITS];

/** FNV-1a, 32 bits: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

interface RecordedPoint extends DeviationPoint {
  readonly code: string;
  readonly arity: number;
}

/** A schedule as recorded in a replay string. */
export interface Recording {
  readonly scenario: string;
  readonly families: readonly Family[];
  readonly points: readonly RecordedPoint[];
  /** The hash of every label and arity up to the last deviation. */
  readonly check: string;
}

/** The replay string of a run, as `points` tell it (default: choice by choice). `parseReplay` is its inverse. */
export function formatReplay(
  scenario: string,
  families: readonly Family[],
  decisions: Decisions,
  points: readonly DeviationPoint[] = deviationsOf(decisions.choices),
): string {
  const { labels, arities } = decisions;
  const parts = points.map(({ index, choice, ahead = 1 }) => {
    const wait = ahead > 1 ? `x${ahead}` : '';
    return `${index}${codeOf(labels[index])}${choice}-${arities[index]}${wait}`;
  });
  const check = checkOf(decisions, endOf(decisions, points));
  const version = points.some(({ ahead = 1 }) => ahead > 1) ? WITH_WAITS : VERSION;
  const text = [version, scenario, (familyMask(families) >>> 0).toString(36), ...parts, check].join('.');
  return `${text}-${sumOf(text)}`;
}

/** Reads a replay string. Throws SimulationError ERR_REPLAY when it is of another version, cut short or damaged. */
export function parseReplay(given: string): Recording {
  if (typeof given !== 'string')
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `a replay string must be text, got ${show(given)}`);
  const text = given.trim();
  const [version, scenario, mask, ...rest] = text.split('.');
  if (!VERSIONS.includes(version)) {
    const why = /^fw\d+$/.test(version)
      ? `was not recorded by this version, which reads ${WITHOUT_SUM} to ${WITH_WAITS}; run the search again, or use the version that recorded it`
      : `is no replay string: one begins with "${VERSION}.", as a search prints it; copy it whole`;
    throw new SimulationError('ERR_REPLAY', `"${clip(text)}" ${why}`);
  }
  const last = rest.pop();
  const form = version === WITHOUT_SUM ? /^(k[0-9a-z]+)$/ : /^(k[0-9a-z]+)-([0-9a-z]+)$/;
  const [, check, sum] = form.exec(last ?? '') ?? [];
  if (scenario === undefined || mask === undefined || check === undefined) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(text)}" is cut short: a replay string ends in its check, .k and letters or digits; copy it whole`,
    );
  }
  if (sum !== undefined && sum !== sumOf(text.slice(0, text.lastIndexOf('-')))) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(text)}" is damaged: it does not add up to the sum at its end; copy it whole and unchanged`,
    );
  }
  const points = rest.map((part) => parsePoint(part, text));
  const bits = /^[0-9a-z]+$/.test(mask) ? Number.parseInt(mask, 36) : Number.NaN;
  if (!(bits < 2 ** FAMILIES.length)) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(text)}" names fault families that there are not: "${clip(mask)}"; copy it whole`,
    );
  }
  return { scenario, families: FAMILIES.filter((_, index) => ((bits >> index) & 1) === 1), points, check };
}

/** @internal Whether a run has met the decisions of a recording: whether the code is still that of then. */
export function isRunOf({ points, check }: Recording, decisions: Decisions): boolean {
  const { length, labels, arities } = decisions;
  const end = endOf(decisions, points);
  if (end > length) return false;
  const isMet = ({ index, code, arity }: RecordedPoint): boolean =>
    codeOf(labels[index]) === code && arities[index] === arity;
  return points.every(isMet) && checkOf(decisions, end) === check;
}

/** Replays a recording exactly; throws at the first decision that is not the one recorded. */
export class RecordedStrategy implements Strategy {
  private readonly recording: Recording;
  /** Null where choices are told one by one. */
  private readonly waits: Waits | null;
  private next = 0;
  private index = 0;

  constructor(recording: Recording) {
    this.recording = recording;
    this.waits = recording.points.some(({ ahead = 1 }) => ahead > 1) ? new Waits() : null;
  }

  begin(): void {
    this.next = 0;
    this.index = 0;
    this.waits?.begin();
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    const point = this.pointAt(label, arity);
    if (this.waits !== null && chains !== null) return this.waits.choose(chains, point);
    return point?.choice ?? 0;
  }

  private pointAt(label: Label, arity: number): RecordedPoint | null {
    const { index } = this;
    this.index = index + 1;
    const point = this.recording.points[this.next];
    if (point === undefined || point.index !== index) return null;
    this.next += 1;
    if (point.code !== codeOf(label) || point.arity !== arity) {
      throw new DivergedError(
        `decision ${index} differs: recorded was ${nameOf(point.code)} with ${point.arity} choices, met was ${label.name} with ${arity}; ` +
          'the code or the scenario has changed since the schedule was recorded',
      );
    }
    return point;
  }

  /** Throws unless the whole recording was met, decision by decision. */
  expectMet(decisions: Decisions): void {
    const missed = this.recording.points[this.next];
    if (missed !== undefined) {
      throw new DivergedError(
        `decision ${missed.index} (${nameOf(missed.code)}) was never met: the run ended after ${decisions.length} decisions; the code or the scenario has changed`,
      );
    }
    const { points, check } = this.recording;
    const met = checkOf(decisions, endOf(decisions, points));
    if (met !== check)
      throw new DivergedError(
        `the decisions between the deviations differ from those recorded (${met}, recorded ${check}); the code or the scenario has changed`,
      );
  }
}

function parsePoint(part: string, text: string): RecordedPoint {
  const match = /^(\d+)([a-z][a-z]|p\d+x)(\d+)-(\d+)(?:x(\d+))?$/.exec(part);
  if (match === null)
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(part)}" in "${clip(text)}" is no deviation; copy the string whole`,
    );
  const [, index, code, choice, arity, ahead] = match;
  const point = { index: Number(index), code, choice: Number(choice), arity: Number(arity) };
  if (point.choice === 0 || point.choice >= point.arity) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${part}" in "${clip(text)}": a choice is from 1 to ${point.arity - 1}`,
    );
  }
  if (ahead === undefined) return point;
  if (code !== ORDER.code || point.choice !== 1 || Number(ahead) < 2 || !text.startsWith(WITH_WAITS))
    throw new SimulationError(
      'ERR_REPLAY',
      `"${part}" in "${clip(text)}": only what is due first can let others go ahead, two or more, and from ${WITH_WAITS} on`,
    );
  return { ...point, ahead: Number(ahead) };
}

/** Up to which decision a check goes: to the last that was not calm. */
function endOf({ choices }: Decisions, points: readonly DeviationPoint[]): number {
  let end = choices.length;
  while (end > 0 && choices[end - 1] === 0) end -= 1;
  return Math.max(end, points.length === 0 ? 0 : points[points.length - 1].index + 1);
}

/** Two letters, or `p3x` for a program's own label. */
function codeOf(label: Label): string {
  return label.index >= FIRST_PROGRAM_LABEL ? `p${label.index - FIRST_PROGRAM_LABEL}x` : label.code;
}

function nameOf(code: string): string {
  return LABELS.find((label) => label.code === code)?.name ?? `a program's decision (${code})`;
}

function checkOf(decisions: Decisions, length: number): string {
  let hash = FNV_OFFSET;
  for (let index = 0; index < length; index += 1) {
    hash = Math.imul(hash ^ (decisions.labels[index].index * 65599 + decisions.arities[index]), FNV_PRIME);
  }
  return `k${(hash >>> 0).toString(36)}`;
}

/** Any one character that is changed changes it: each step of FNV-1a can be undone. */
function sumOf(text: string): string {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return (hash >>> 0).toString(36);
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
