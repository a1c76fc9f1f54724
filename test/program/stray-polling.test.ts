// A body that goes on asking in setImmediate after its run is over would keep the process busy for all tests that come.
import timersPromises from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type ProgramError, runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

type Poll = (ask: () => void) => void;

const LOOPS: readonly (readonly [string, Poll])[] = [
  [
    'calls setImmediate in its own callback',
    (ask) => {
      const again = (): void => {
        ask();
        setImmediate(again);
      };
      again();
    },
  ],
  [
    'awaits an immediate',
    async (ask) => {
      for (;;) {
        ask();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  ],
  [
    'awaits timers/promises',
    async (ask) => {
      for (;;) {
        ask();
        await timersPromises.setImmediate();
      }
    },
  ],
];

/** Whether anybody has asked in some turns of the event loop. */
async function isStillAsked(count: () => number): Promise<boolean> {
  const before = count();
  for (let turn = 0; turn < 10; turn += 1) await timersPromises.setImmediate();
  return count() > before;
}

for (const [title, poll] of LOOPS) {
  test(`a body that ${title} for ever is not called any more once its run has failed`, async () => {
    let asked = 0;
    const failure = await runProgram(
      new Simulation(),
      () => {
        poll(() => {
          asked += 1;
        });
        setInterval(() => {}, 1000);
        return new Promise(() => {});
      },
      { timeoutMs: 10_000 },
    ).catch((error: ProgramError) => error.code);
    expect(failure).toBe('ERR_VIRTUAL_TIMEOUT');
    expect(await isStillAsked(() => asked)).toBe(false);
  });
}

test('what a body on another host leaves asking is not called any more once its run is over', async () => {
  let asked = 0;
  await runProgram(new Simulation(), ({ sim }) =>
    sim.host('server').run(() => {
      LOOPS[0][1](() => {
        asked += 1;
      });
    }),
  );
  expect(await isStillAsked(() => asked)).toBe(false);
});

test("another's immediates are called after a run as before", async () => {
  let asked = 0;
  let isOver = false;
  const again = (): void => {
    asked += 1;
    if (!isOver) setImmediate(again);
  };
  again();
  await runProgram(new Simulation(), () => {});
  expect(await isStillAsked(() => asked)).toBe(true);
  isOver = true;
});
