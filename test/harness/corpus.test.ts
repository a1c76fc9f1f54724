import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToCorpus, corpusFile, readCorpus } from '../../src/harness/verify/corpus.ts';

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
});
