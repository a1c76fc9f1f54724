import { once } from 'node:events';
import { setInterval as every, setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

/** Calls `body` on virtual time, waits a second, and gives what was noted, each with its time. */
async function noted(body: (note: (what: string) => void) => void): Promise<string[]> {
  const sim = new Simulation();
  const seen: string[] = [];
  await runProgram(
    sim,
    async () => {
      body((what) => seen.push(`${what} at ${sim.nowMs}`));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    },
    { allowOpen: true },
  );
  return seen;
}

test('a timer that was cleared cannot be refreshed', async () => {
  const seen = await noted((note) => {
    for (const timer of [setTimeout(() => note('timeout'), 10), setInterval(() => note('interval'), 10)]) {
      clearTimeout(timer);
      timer.refresh();
    }
    setTimeout(() => note('closed'), 10)
      .close()
      .refresh();
  });
  expect(seen).toEqual([]);
});

test('a timer that has fired can be refreshed', async () => {
  const seen = await noted((note) => {
    const timer = setTimeout(() => note('fired'), 10);
    setTimeout(() => timer.refresh(), 100);
  });
  expect(seen).toEqual(['fired at 10', 'fired at 110']);
});

test('an interval cleared in its own callback ends', async () => {
  const seen = await noted((note) => {
    const timer = setInterval(() => {
      note('fired');
      clearInterval(timer);
    }, 10);
  });
  expect(seen).toEqual(['fired at 10']);
});

test('a timer kept from one test to the next can be set anew', async () => {
  let kept: NodeJS.Timeout | undefined;
  const seen: string[] = [];
  await noted(() => {
    kept = setTimeout(() => seen.push('kept fires'), 5000).unref();
  });
  await noted(() => kept?.refresh());
  expect(seen).toEqual([]);
  const sim = new Simulation();
  await runProgram(sim, async () => {
    kept?.refresh();
    await new Promise((resolve) => setTimeout(resolve, 6000));
  });
  expect(seen).toEqual(['kept fires']);
});

test('a timer shows what of Node’s Timeout others look at', async () => {
  const look = (timer: NodeJS.Timeout): unknown[] => {
    const { _idleTimeout, _repeat, _destroyed, _onTimeout } = timer as unknown as Record<string, unknown>;
    // Taken away it is null, and undefined from Node 24 on.
    return [_idleTimeout, _repeat, _destroyed, _onTimeout == null];
  };
  const all = async (): Promise<unknown[]> => {
    const timers = [setTimeout(() => {}, 1000), setInterval(() => {}, 20)];
    const seen = timers.map(look);
    for (const timer of timers) clearTimeout(timer);
    const fired = await new Promise<NodeJS.Timeout>((resolve) => {
      const timer = setTimeout(() => setTimeout(resolve, 1, timer), 1);
    });
    return [...seen, ...timers.map(look), look(fired)];
  };
  const simulated = await runProgram(new Simulation(), all);
  expect(simulated).toEqual(await all());
});

interface Internals {
  _idleTimeout: number;
  _onTimeout: (() => void) | null;
  _repeat: number | null;
}

test.each<[string, (timer: Internals) => void]>([
  ['_idleTimeout', (timer) => Object.assign(timer, { _idleTimeout: -1 })],
  ['_onTimeout', (timer) => Object.assign(timer, { _onTimeout: null })],
])('an interval whose %s is taken away ends, as in Node', async (_, end) => {
  const seen = await noted((note) => {
    const timer = setInterval(() => {
      note('fired');
      end(timer as unknown as Internals);
    }, 10);
  });
  expect(seen).toEqual(['fired at 10']);
});

test('a timer that is given _repeat becomes an interval, as in Node', async () => {
  const seen = await noted((note) => {
    const timer = setTimeout(() => {
      note('fired');
      if ((timer as unknown as Internals)._repeat) clearInterval(timer);
      (timer as unknown as Internals)._repeat = 5;
    }, 10);
  });
  expect(seen).toEqual(['fired at 10', 'fired at 15']);
});

test('a time that is too long is 1 ms, with a warning', async () => {
  const warned = once(process, 'warning');
  const seen = await noted((note) => setTimeout(() => note('fired'), 2 ** 31));
  expect(seen).toEqual(['fired at 1']);
  expect(String(await warned)).toMatch(/TimeoutOverflowWarning: 2147483648 does not fit/);
});

test.each([null, { signal: {} }, { signal: null }, { ref: 1 }])(
  'timers/promises refuse options %j',
  async (options) => {
    const refused = expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' });
    await runProgram(new Simulation(), async () => {
      await expect(wait(1, 0, options as never)).rejects.toEqual(refused);
      await expect(every(1, 0, options as never).next()).rejects.toEqual(refused);
    });
  },
);
