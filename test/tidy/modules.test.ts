// A module can be loaded by import and by require, keeps no state of its own, and can be reached from outside.
import { expect, test } from 'vitest';
import {
  type Complaint,
  complainOfCode,
  type Exception,
  exceptFor,
  placeOf,
  readSources,
  readText,
  type Source,
  sourceOf,
} from './support/source.ts';

const EXCEPTIONS: readonly Exception[] = [];

/** `require()` of a module that awaits at its top level fails, so none may. */
function complainOfTopLevelAwait(source: Source): Complaint[] {
  let depth = 0;
  const complaints: Complaint[] = [];
  for (const match of source.code.matchAll(/[{}]|\bawait\b/g)) {
    if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    else if (depth === 0 && !/=>\s*$/.test(source.code.slice(0, match.index))) {
      complaints.push(
        `${placeOf(source, match.index)}: await at the top level is banned here, export a function`,
      );
    }
  }
  return complaints;
}

function complainOfModuleState(source: Source): Complaint[] {
  return complainOfCode(
    source,
    /^(?:export )?(?:let|var) (\w+)/gm,
    ([, name]) => `${name} is state of the module, give it to the object that owns it`,
  );
}

function complainOfUnreachable(
  directories: readonly string[],
  manifest: Record<string, unknown>,
): Complaint[] {
  const targets = JSON.stringify([manifest.exports, manifest.bin]);
  return directories
    .filter((directory) => !targets.includes(`./dist/${directory}/`))
    .map(
      (directory) =>
        `src/${directory}: nobody can import it, add "./${directory}" to exports in package.json`,
    );
}

test('no module of src awaits at its top level', () => {
  expect(readSources('src').flatMap(complainOfTopLevelAwait)).toEqual([]);
});

test('no module of src keeps state', () => {
  expect(exceptFor(readSources('src').flatMap(complainOfModuleState), EXCEPTIONS)).toEqual([]);
});

test('every directory of src can be reached from the exports or the command', () => {
  const directories = readSources('src').flatMap(({ path }) => path.split('/').slice(1, -1).slice(0, 1));
  expect(complainOfUnreachable([...new Set(directories)], JSON.parse(readText('package.json')))).toEqual([]);
});

test('an await at the top level is named, one inside a function is not', () => {
  const text = 'const f = async () => { await g(); };\nconst h = async () => await g();\nawait f();';
  expect(complainOfTopLevelAwait(sourceOf('src/a.ts', text))).toEqual([
    'src/a.ts:3: await at the top level is banned here, export a function',
  ]);
});

test('a variable of the module is named', () => {
  expect(complainOfModuleState(sourceOf('src/a.ts', 'const a = 1;\nexport let count = 0;'))).toEqual([
    'src/a.ts:2: count is state of the module, give it to the object that owns it',
  ]);
});

test('a directory without an export is named', () => {
  expect(complainOfUnreachable(['chaos'], { exports: { '.': './dist/index.js' } })).toEqual([
    'src/chaos: nobody can import it, add "./chaos" to exports in package.json',
  ]);
});
