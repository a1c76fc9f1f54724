import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scanned, scan } from './scan.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A TypeScript file of the repository. */
export interface Source extends Scanned {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A breach of a rule, as it is printed: `src/sim/link.ts:2: Date is banned here, use clock.now()`. */
export type Complaint = string;

/** Builds a source from a literal, so that a rule can be tried on it. */
export function sourceOf(path: string, text: string): Source {
  return { path, text, ...scan(text) };
}

/** Every file below these folders whose name ends so, sorted. A folder that does not exist has none. */
export function listFiles(folders: readonly string[], ending: string): string[] {
  return folders.flatMap((folder) => walk(join(ROOT, folder), ending)).sort();
}

function walk(folder: string, ending: string): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path, ending);
    return path.endsWith(ending) ? [relative(ROOT, path).split(sep).join('/')] : [];
  });
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const sources = new Map<string, Source>();

/** The TypeScript files below these folders, scanned. */
export function readSources(...folders: string[]): Source[] {
  return listFiles(folders, '.ts').map((path) => {
    let source = sources.get(path);
    if (source === undefined) {
      source = sourceOf(path, readText(path));
      sources.set(path, source);
    }
    return source;
  });
}

/** The place of a character, as it stands before a complaint: `src/sim/link.ts:2`. */
export function placeOf(source: { path: string; text: string }, index: number): string {
  return `${source.path}:${source.text.slice(0, index).split('\n').length}`;
}

/** Complains about each match of `pattern` (which needs the flag g) in the code of a source. */
export function complainOfCode(
  source: Source,
  pattern: RegExp,
  say: (match: RegExpMatchArray) => string,
): Complaint[] {
  return [...source.code.matchAll(pattern)].map((match) => `${placeOf(source, match.index)}: ${say(match)}`);
}

/** A breach that stays, with its reason. It applies to the complaints that start with `place` and contain `about`. */
export interface Exception {
  /** A path, or the beginning of one. */
  readonly place: string;
  readonly about: string;
  readonly reason: string;
}

/** What is left of the complaints, and a complaint about each exception that nothing needs any more. */
export function exceptFor(complaints: readonly Complaint[], exceptions: readonly Exception[]): Complaint[] {
  const unused = new Set(exceptions);
  const left = complaints.filter((complaint) => {
    const exception = exceptions.find(
      ({ place, about }) => complaint.startsWith(place) && complaint.includes(about),
    );
    if (exception !== undefined) unused.delete(exception);
    return exception === undefined;
  });
  return [
    ...left,
    ...[...unused].map(({ place, about }) => `${place}: no ${about} is left here, take the exception away`),
  ];
}
