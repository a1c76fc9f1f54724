// A file can be read in one sitting, and a function fits on a screen. The length of functions is Biome's to check.
import { expect, test } from 'vitest';
import {
  type Complaint,
  type Exception,
  exceptFor,
  readSources,
  readText,
  sourceOf,
} from './support/source.ts';

const LINES_MAX = 400;
/** Tests are read one by one. */
const TEST_LINES_MAX = 600;
const FUNCTION_LINES_MAX = 60;

const EXCEPTIONS: readonly Exception[] = [];

function complainOfLength(source: { path: string; text: string }): Complaint[] {
  const lines = source.text.trimEnd().split('\n').length;
  const most = source.path.endsWith('.test.ts') ? TEST_LINES_MAX : LINES_MAX;
  if (lines <= most) return [];
  return [`${source.path}: ${lines} lines, split it by subject into files of at most ${most}`];
}

test('no file is longer than 400 lines, no test file longer than 600', () => {
  const sources = readSources('src', 'test', 'property-tests', 'benchmarks', 'examples');
  expect(exceptFor(sources.flatMap(complainOfLength), EXCEPTIONS)).toEqual([]);
});

test('a file of 401 lines is named with its length', () => {
  expect(complainOfLength(sourceOf('src/a.ts', 'x;\n'.repeat(401)))).toEqual([
    'src/a.ts: 401 lines, split it by subject into files of at most 400',
  ]);
  expect(complainOfLength(sourceOf('src/a.ts', 'x;\n'.repeat(400)))).toEqual([]);
});

test('the linter keeps functions of src at 60 lines', () => {
  const { overrides } = JSON.parse(readText('biome.json'));
  expect(overrides).toContainEqual({
    includes: ['src/**'],
    linter: {
      rules: {
        complexity: {
          noExcessiveLinesPerFunction: { level: 'error', options: { maxLines: FUNCTION_LINES_MAX } },
        },
      },
    },
  });
});
