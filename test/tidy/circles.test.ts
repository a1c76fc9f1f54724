// A file can be read once those that it builds on have been read: files that need each other's code have no such order.
// Types are left out, since they are gone when the code runs, and objects that refer to each other have types that do.
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readSources, type Source, sourceOf } from './support/source.ts';

const STATEMENT = /^(?:import|export)\s+(?!type\b)([^;'"]*?)\bfrom\s*(?=['"])/gm;

/** The files whose code a file takes, types left out. */
function codeImportsOf(source: Source): string[] {
  return [...source.code.matchAll(STATEMENT)].flatMap((match) => {
    const names = match[1].replace(/[{}\s]*$/, '').replace(/^[{\s]*/, '');
    const isTypesOnly = names.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name));
    const start = match.index + match[0].length + 1;
    const specifier = source.prose.find(({ index }) => index === start)?.text ?? '';
    if (isTypesOnly || !specifier.startsWith('.')) return [];
    return [posix.join(posix.dirname(source.path), specifier)];
  });
}

/** Every circle found by following imports in depth, each once: `a.ts → b.ts → a.ts`. */
function circlesOf(sources: readonly Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, codeImportsOf(source)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (path: string, trail: readonly string[]): void => {
    const from = trail.indexOf(path);
    if (from >= 0) circles.push([...trail.slice(from), path].join(' → '));
    if (from >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) follow(next, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) follow(path, []);
  return circles;
}

test('no files of src take code from each other in a circle', () => {
  expect(circlesOf(readSources('src'))).toEqual([]);
});

test('a circle is named, one of types is none', () => {
  const a = sourceOf('src/sim/a.ts', "import { b } from './b.ts';\nexport const a = b;");
  const b = sourceOf('src/sim/b.ts', "import { type B, c } from './deep/c.ts';\nexport * from 'x';");
  const c = sourceOf('src/sim/deep/c.ts', "export * from '../a.ts';");
  expect(circlesOf([a, b, c])).toEqual(['src/sim/a.ts → src/sim/b.ts → src/sim/deep/c.ts → src/sim/a.ts']);
  const typed = sourceOf(
    'src/sim/deep/c.ts',
    "import { type A, type B } from '../a.ts';\nexport type { C } from '../b.ts';",
  );
  expect(circlesOf([a, b, typed])).toEqual([]);
});
