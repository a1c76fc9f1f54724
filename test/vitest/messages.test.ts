// What a test's author reads.
import { describe, expect, test as plain } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { test } from '../../src/vitest/index.ts';
import { shellCommand } from '../../src/vitest/replay-command.ts';

test('a second simulation is told which test has the first', async () => {
  await expect(runProgram(new Simulation(), () => {})).rejects.toMatchObject({
    code: 'ERR_INSTALLED',
    message: expect.stringContaining('for "a second simulation is told which test has the first"'),
  });
});

describe('the command of a replay', () => {
  const commandFor = (file: string, name: string): string => shellCommand('fw2.x', file, name);

  plain('is quoted simply where nothing is special', () => {
    expect(commandFor('test/a.test.ts', 'an answer is whole, or an error')).toBe(
      'FOULWEATHER_REPLAY=fw2.x npx vitest run test/a.test.ts -t "an answer is whole, or an error"',
    );
  });

  plain('takes a name literally that is a pattern, or that a shell would change', () => {
    expect(commandFor('my tests/a.test.ts', "costs $5 (a+b)? isn't")).toBe(
      String.raw`FOULWEATHER_REPLAY=fw2.x npx vitest run "my tests/a.test.ts" -t 'costs \$5 \(a\+b\)\? isn'\''t'`,
    );
  });
});
