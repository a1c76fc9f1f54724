// DESIGN section 3: four floors, imports go down only, neighbours on one floor do not know each other.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { type Complaint, placeOf, readSources, type Source, sourceOf } from './support/source.ts';

const LOW = ['core'];
const MIDDLE = ['core', 'harness', 'net', 'real', 'services', 'sim'];

interface Permission {
  /** Directories of src it may import, besides itself. */
  readonly directories: readonly string[];
  /** npm packages it may import. */
  readonly packages: readonly string[];
  /** Whether it may import Node's own modules. */
  readonly builtins: boolean;
}

/** A directory of src, or the name of a file directly in it. */
const PERMISSIONS: Readonly<Record<string, Permission>> = {
  core: { directories: [], packages: [], builtins: false },
  sim: { directories: LOW, packages: ['memfs'], builtins: false },
  services: { directories: LOW, packages: [], builtins: false },
  real: { directories: LOW, packages: [], builtins: true },
  net: { directories: LOW, packages: [], builtins: true },
  harness: {
    directories: ['core', 'net', 'real', 'services', 'sim'],
    packages: ['@sinonjs/fake-timers', 'jiti', 'memfs'],
    builtins: true,
  },
  'fast-check': { directories: MIDDLE, packages: ['fast-check'], builtins: true },
  vitest: { directories: MIDDLE, packages: ['vitest'], builtins: true },
  cli: { directories: MIDDLE, packages: ['commander', 'pino', 'prom-client'], builtins: true },
  'index.ts': { directories: MIDDLE, packages: [], builtins: false },
};

const SPECIFIER = /\b(?:from|import)\s*\(?\s*(?=['"])/g;

function complainOfImports(source: Source): Complaint[] {
  const from = source.path.split('/')[1];
  const permission = PERMISSIONS[from];
  if (permission === undefined) {
    return [`${source.path}:1: ${from} stands on no floor, give it one in ${import.meta.filename}`];
  }
  return [...source.code.matchAll(SPECIFIER)].flatMap((match) => {
    const start = match.index + match[0].length;
    const specifier = source.prose.find(({ index }) => index === start + 1)?.text ?? '';
    const why = objection(source.path, from, permission, specifier);
    return why === null ? [] : [`${placeOf(source, start)}: ${why}`];
  });
}

function objection(path: string, from: string, may: Permission, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    if (!specifier.endsWith('.ts')) return `'${specifier}' has no .ts, write it as the file is called`;
    const to = posix.join(posix.dirname(path), specifier).split('/')[1];
    if (to === from || may.directories.includes(to)) return null;
    return `${from} may not import ${to}, move what both need down to core or join them in harness`;
  }
  if (isBuiltin(specifier)) {
    if (!may.builtins) return `${from} may not import ${specifier}, take it through Transport or Clock`;
    if (!specifier.startsWith('node:')) return `'${specifier}' is banned here, use 'node:${specifier}'`;
    return null;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (may.packages.includes(name)) return null;
  return `${from} may not import the package ${name}, let a floor above hand it in`;
}

test('imports of src go down only', () => {
  expect(readSources('src').flatMap(complainOfImports)).toEqual([]);
});

test('an import of a neighbour on the same floor is named', () => {
  expect(complainOfImports(sourceOf('src/sim/a.ts', "import { a } from '../real/a.ts';"))).toEqual([
    'src/sim/a.ts:1: sim may not import real, move what both need down to core or join them in harness',
  ]);
});

test('an import upwards is named, also as a type or as an expression', () => {
  const text = "import type { A } from '../harness/a.ts';\nconst b = import('../cli/main.ts');";
  expect(complainOfImports(sourceOf('src/core/a.ts', text))).toEqual([
    'src/core/a.ts:1: core may not import harness, move what both need down to core or join them in harness',
    'src/core/a.ts:2: core may not import cli, move what both need down to core or join them in harness',
  ]);
});

test("Node's modules are banned in core, sim and services", () => {
  for (const directory of ['core', 'sim', 'services']) {
    const path = `src/${directory}/a.ts`;
    const complaint = `${path}:1: ${directory} may not import node:net, take it through Transport or Clock`;
    expect(complainOfImports(sourceOf(path, "import net from 'node:net';"))).toEqual([complaint]);
  }
});

test('a package that is not of its directory is named', () => {
  expect(complainOfImports(sourceOf('src/harness/a.ts', "export * from 'fast-check';"))).toEqual([
    'src/harness/a.ts:1: harness may not import the package fast-check, let a floor above hand it in',
  ]);
});

test('an import in a comment or a message is none', () => {
  const text = "// import net from 'node:net'\nconst hint = \"import net from 'node:net'\";";
  expect(complainOfImports(sourceOf('src/core/a.ts', text))).toEqual([]);
});
