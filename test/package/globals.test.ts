import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('importing the package leaves no name of tslib in the global object', () => {
  const script = `
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    await import(${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)});
    console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis).filter((key) => !before.has(key))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual([]);
});
