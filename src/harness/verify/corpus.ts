// Failing schedules kept from run to run: one file a scenario, one line an entry, so that a diff reads well.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FoulweatherError } from '../../core/index.ts';
import { parseReplay } from '../../sim/index.ts';
import { holdingFile, replaceFile } from './replace-file.ts';

/** A corpus file is damaged, of a version that this one does not know, or cannot be read or written. It is left as it is. */
export class CorpusError extends FoulweatherError {
  constructor(file: string, why: string, advice = 'mend it, or move it away to begin anew') {
    super('ERR_CORPUS', `${file}: ${why}. It was left as it is: ${advice}`);
  }
}

interface CorpusFile {
  readonly version: 1;
  readonly schedules: readonly string[];
}

/** Where the schedules of a scenario are kept, below the corpus folder. */
export function corpusFile(folder: string, scenario: string): string {
  return join(folder, `${scenario}.json`);
}

/** The schedules kept in a file; none if there is no such file. */
export function readCorpus(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CorpusError(file, `it cannot be read (${(error as Error).message})`);
  }
  const { version, schedules } = parseJson(file, text);
  if (version !== 1)
    throw new CorpusError(file, `it is of version ${String(version)}, and this one reads version 1`);
  if (!Array.isArray(schedules)) throw new CorpusError(file, 'it has no list of schedules');
  const scenario = basename(file, '.json');
  for (const schedule of schedules) parseEntry(file, scenario, schedule);
  return schedules;
}

/**
 * Adds a schedule to a file, if it is not in there. The file is replaced whole or not at all, and what another process adds
 * meanwhile stays. Throws CorpusError, which names the schedule, if that cannot be done.
 */
export function addToCorpus(file: string, schedule: string): void {
  try {
    holdingFile(file, () => {
      const known = readCorpus(file);
      if (known.includes(schedule)) return;
      const lines = [...known, schedule].map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
      replaceFile(file, `{\n  "version": 1,\n  "schedules": [\n${lines}\n  ]\n}\n`);
    });
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    const why = `${schedule} cannot be added (${(error as Error).message})`;
    throw new CorpusError(file, why, 'keep the schedule elsewhere, or give another --corpus');
  }
}

function parseJson(file: string, text: string): Partial<CorpusFile> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<CorpusFile>;
  } catch (error) {
    throw new CorpusError(file, `it is not JSON (${(error as Error).message})`);
  }
}

function parseEntry(file: string, scenario: string, entry: unknown): void {
  if (typeof entry !== 'string') throw new CorpusError(file, 'an entry is not a string');
  let of: string;
  try {
    of = parseReplay(entry).scenario;
  } catch (error) {
    throw new CorpusError(file, (error as Error).message);
  }
  if (of !== scenario)
    throw new CorpusError(file, `its entry ${entry} is a schedule of scenario ${of}, not of ${scenario}`);
}
