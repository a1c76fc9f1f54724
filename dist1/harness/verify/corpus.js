// Failing schedules kept from run to run: one file a scenario, one line an entry, so that a diff reads well.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FoulweatherError } from '../../core/index.js';
import { parseReplay } from '../../sim/index.js';
import { holdingFile, replaceFile } from './replace-file.js';
/** A corpus file is damaged, of a version that this one does not know, or cannot be read or written. It is left as it is. */
export class CorpusError extends FoulweatherError {
  constructor(file, why, advice = 'mend it, or move it away to begin anew') {
    super('ERR_CORPUS', `${file}: ${why}. It was left as it is: ${advice}`);
  }
}
/** Where the schedules of a scenario are kept, below the corpus folder. */
export function corpusFile(folder, scenario) {
  return join(folder, `${scenario}.json`);
}
/** The schedules kept in a file; none if there is no such file. */
export function readCorpus(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw new CorpusError(file, `it cannot be read (${error.message})`);
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
export function addToCorpus(file, schedule) {
  try {
    holdingFile(file, () => {
      const known = readCorpus(file);
      if (known.includes(schedule)) return;
      const lines = [...known, schedule].map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
      replaceFile(file, `{\n  "version": 1,\n  "schedules": [\n${lines}\n  ]\n}\n`);
    });
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    const why = `${schedule} cannot be added (${error.message})`;
    throw new CorpusError(file, why, 'keep the schedule elsewhere, or give another --corpus');
  }
}
function parseJson(file, text) {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    throw new CorpusError(file, `it is not JSON (${error.message})`);
  }
}
function parseEntry(file, scenario, entry) {
  if (typeof entry !== 'string') throw new CorpusError(file, 'an entry is not a string');
  let of;
  try {
    of = parseReplay(entry).scenario;
  } catch (error) {
    throw new CorpusError(file, error.message);
  }
  if (of !== scenario)
    throw new CorpusError(file, `its entry ${entry} is a schedule of scenario ${of}, not of ${scenario}`);
}
