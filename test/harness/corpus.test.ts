import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToCorpus, corpusFile, readCorpus } from '../../src/harness/verify/corpus.ts';
import { replaceFile } from '../../src/harness/verify/replace-file.ts';

const FIRST = 'fw1.echo.t.4sp2-3.k1x8yq5';
const SECOND = 'fw1.echo.t.7en1-2.k9a';

describe('the corpus', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foulweather-corpus-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('a file that is not there has no schedules', () => {
    expect(readCorpus(corpusFile(folder, 'echo'))).toEqual([]);
  });

  test('schedules are kept in order, one line each, and none twice', () => {
    const file = corpusFile(join(folder, 'made', 'anew'), 'echo');
    for (const schedule of [FIRST, SECOND, FIRST]) addToCorpus(file, schedule);
    expect(readCorpus(file)).toEqual([FIRST, SECOND]);
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes('fw1.')),
    ).toHaveLength(2);
    expect(readdirSync(join(folder, 'made', 'anew'))).toEqual(['echo.json']);
  });

  test.each([
    ['{"version": 1, "schedules": [', 'it is not JSON'],
    ['{"version": 9, "schedules": []}', 'it is of version 9, and this one reads version 1'],
    ['{"version": 1}', 'it has no list of schedules'],
    ['{"version": 1, "schedules": ["fw1.echo.t"]}', 'is cut short'],
  ])('a damaged file %s is reported and left as it is', (text, why) => {
    const file = corpusFile(folder, 'echo');
    writeFileSync(file, text);
    expect(() => addToCorpus(file, FIRST)).toThrow(why);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('a folder in the place of a file is reported', () => {
    mkdirSync(corpusFile(folder, 'echo'));
    expect(() => readCorpus(corpusFile(folder, 'echo'))).toThrow(/echo\.json: it cannot be read \(EISDIR/);
  });

  test('a file in the place of the folder is reported with the schedule that could not be kept', () => {
    writeFileSync(join(folder, 'taken'), '');
    const add = (): void => addToCorpus(corpusFile(join(folder, 'taken'), 'echo'), FIRST);
    expect(add).toThrow(`${FIRST} cannot be added (E`);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('a schedule is added once the other process lets go of the file, and both stay', async () => {
    const file = corpusFile(folder, 'echo');
    const program = `import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
      closeSync(openSync(${JSON.stringify(`${file}.lock`)}, 'wx'));
      console.log('held');
      setTimeout(() => {
        writeFileSync(${JSON.stringify(file)}, JSON.stringify({ version: 1, schedules: [${JSON.stringify(FIRST)}] }));
        rmSync(${JSON.stringify(`${file}.lock`)});
      }, 100);`;
    const other = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await once(other.stdout, 'data');
    addToCorpus(file, SECOND);
    expect(readCorpus(file)).toEqual([FIRST, SECOND]);
  });

  test('a process that died while it held a file does not hold it for ever', () => {
    const file = corpusFile(folder, 'echo');
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, 1, 1);
    addToCorpus(file, FIRST);
    expect(readdirSync(folder)).toEqual(['echo.json']);
  });

  test('a file that was held by a clock that runs ahead is let go of', () => {
    const file = corpusFile(folder, 'echo');
    writeFileSync(`${file}.lock`, '');
    const ahead = Date.now() / 1000 + 100_000;
    utimesSync(`${file}.lock`, ahead, ahead);
    addToCorpus(file, FIRST);
    expect(readdirSync(folder)).toEqual(['echo.json']);
  });

  test('a link stays one, and the file that it leads to is replaced', () => {
    const file = corpusFile(folder, 'echo');
    writeFileSync(join(folder, 'kept.json'), '');
    symlinkSync('kept.json', file);
    replaceFile(file, 'new');
    expect(readlinkSync(file)).toBe('kept.json');
    expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['echo.json', 'kept.json']);
  });

  // A device is nothing to replace: as root, that would take it from everybody.
  test.runIf(process.platform !== 'win32')('a device is written to, and stays', () => {
    const file = corpusFile(folder, 'echo');
    symlinkSync('/dev/null', file);
    replaceFile(file, 'new');
    expect(readlinkSync(file)).toBe('/dev/null');
    expect(readdirSync(folder)).toEqual(['echo.json']);
  });

  test('an entry of another scenario is reported, and the file is left as it is', () => {
    const file = corpusFile(folder, 'forward');
    const text = JSON.stringify({ version: 1, schedules: [FIRST] });
    writeFileSync(file, text);
    expect(() => readCorpus(file)).toThrow(
      `its entry ${FIRST} is a schedule of scenario echo, not of forward`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  // Only Linux has a /proc.
  test.runIf(process.platform === 'linux')('a folder that can never be made is reported', () => {
    // Node's own recursive mkdir never returns from this one.
    expect(() => addToCorpus(corpusFile('/proc/nope', 'echo'), FIRST)).toThrow('cannot be added (ENOENT');
  });
});
