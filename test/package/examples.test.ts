// Examples that run outside vitest, on the package as it is built.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the example for node:test passes under node:test', async () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const parameters = ['--test', '--test-reporter=tap', 'examples/node-test/ask.test.mjs'];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: ROOT, env });
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
