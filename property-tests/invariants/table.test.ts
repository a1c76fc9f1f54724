// docs/invariants.md says which property shows what, and which broken services break it: as the properties do.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PAGE = new URL('../../docs/invariants.md', import.meta.url);
const IMPORT = /import \{ ([^}]+) \} from '(\.\.\/support\/broken\/(?!variation)[^']+)'/g;

interface Row {
  readonly id: string;
  readonly file: string;
  readonly names: readonly string[];
}

function rowsOf(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| F\d+ \|/.test(line))
    .map((line) => {
      const [, id, , link, echo, forward] = line.split('|').map((cell) => cell.trim());
      const file = /\(([^)]+)\)/.exec(link)?.[1] ?? '';
      const names = [...echo.split(', '), ...forward.split(', ')];
      return { id, file, names: names.filter((name) => !name.startsWith('–')) };
    });
}

/** The names of the broken services that a property imports. */
async function brokenBy(file: URL): Promise<string[]> {
  const names: string[] = [];
  for (const [, imported, path] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const module: Record<string, { readonly name: string }> = await import(new URL(path, file).href);
    for (const name of imported.split(',')) names.push(module[name.trim()].name);
  }
  return names;
}

const ROWS = rowsOf(readFileSync(PAGE, 'utf8'));

test('the table has F1 to F10', () => {
  expect(ROWS.map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10']);
});

test.each(ROWS.map((row) => [row.id, row] as const))(
  '%s names what breaks it',
  async (_id, { file, names }) => {
    expect(names.length).toBeGreaterThan(0);
    expect([...names].sort()).toEqual((await brokenBy(new URL(file, PAGE))).sort());
  },
);
