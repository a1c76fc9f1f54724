// `vi.waitFor`, `vi.waitUntil` and `expect.poll` wait by timers that vitest has put aside before anybody could replace them. In a body they
// have to wait on the program's time: on real time, nobody knows how much of it passes between two looks.

type Timers = Record<string, unknown>;

const NAMES = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] as const;

/** What looks at them in these functions of vitest 4 and 5. Whoever else does so (its channel to the main process) gets real ones. */
const POLLING = /\bat (?:async )?(?:\w+\.)?(?:waitFor|waitUntil|promise|__VITEST_POLL_CHAIN__) \(.*vitest/;

/** Has vitest's polling wait on the program's time while `run` is under way. */
export async function withPolling<T>(run: () => Promise<T>): Promise<T> {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'vitest:SAFE_TIMERS',
  );
  if (symbol === undefined) return run();
  const holder = globalThis as unknown as Record<symbol, Timers>;
  const timers = holder[symbol];
  holder[symbol] = givePolling(timers);
  try {
    return await run();
  } finally {
    holder[symbol] = timers;
  }
}

/** vitest takes what it needs from here each time. */
function givePolling(timers: Timers): Timers {
  const given = { ...timers };
  for (const name of NAMES)
    Object.defineProperty(given, name, {
      get: () => (POLLING.test(new Error('who asks').stack ?? '') ? globalThis[name] : timers[name]),
      enumerable: true,
    });
  return given;
}
