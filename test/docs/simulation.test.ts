// The tables of docs/simulation.md say what src/sim does.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAMILIES, WEATHERS } from '../../src/sim/index.ts';

const PAGE = readFileSync(new URL('../../docs/simulation.md', import.meta.url), 'utf8');

/** The cells of each row of the table whose head begins so, without the marks of code. */
function tableOf(head: string): string[][] {
  const lines = PAGE.slice(PAGE.indexOf(head)).split('\n');
  const rows = lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((row) =>
    row
      .replaceAll('`', '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the table of faults has every family, in order', () => {
  expect(tableOf('| family | what deviates |').map(([family]) => family)).toEqual([...FAMILIES]);
});

test('the table of weathers has the rates of the presets', () => {
  const rows = FAMILIES.map((family) => [
    family,
    ...(['calm', 'breeze', 'storm'] as const).map((name) => String(WEATHERS[name][family] ?? 0)),
  ]);
  expect(tableOf('| family | `calm`')).toEqual(rows);
});

test('breeze kills no connection', () => {
  for (const family of ['reset', 'close', 'refuse'] as const) expect(WEATHERS.breeze[family]).toBeUndefined();
});
