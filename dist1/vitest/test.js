import { test as vitestTest } from 'vitest';
import { runProgram } from '../harness/program/index.js';
import { oneAtATime } from '../harness/program/one-at-a-time.js';
import { familiesOf, random, Simulation, weatherOf } from '../sim/index.js';
/** vitest's `test`, each on a simulation of its own: `test('…', async ({ sim }) => …)`. */
export const test = Object.assign(makeTest(vitestTest), {
  only: makeTest(vitestTest.only),
  skip: makeTest(vitestTest.skip),
  fails: makeTest(vitestTest.fails),
  concurrent: makeTest(vitestTest.concurrent),
  sequential: makeTest(vitestTest.sequential),
  todo: vitestTest.todo,
  skipIf: (condition) => makeTest(vitestTest.skipIf(condition)),
  runIf: (condition) => makeTest(vitestTest.runIf(condition)),
  for:
    (values) =>
    (name, body, options = {}) => {
      vitestTest.for([...values])(name, options, (value, context) =>
        runTest(context, (sim) => body(value, sim), options),
      );
    },
});
function makeTest(register) {
  return (name, ...rest) => {
    const body = rest.find((value) => typeof value === 'function');
    const given = rest.find((value) => typeof value === 'object' && value !== null);
    const timeout = rest.find((value) => typeof value === 'number');
    const options = timeout === undefined ? (given ?? {}) : { ...given, timeout };
    register(name, options, (context) => runTest(context, body, options));
  };
}
async function runTest(context, body, options) {
  const weather = weatherOf(options.weather ?? 'calm');
  const sim = new Simulation({
    ...options.network,
    strategy: random(options.seed ?? 1, weather),
    families: familiesOf(weather),
  });
  // vitest's own time-out can only say that it was one: ours comes first, and says what is waited for.
  const realTimeoutMs = options.realTimeoutMs ?? realLimit(context);
  const settings = { signal: context.signal, ...options, realTimeoutMs };
  await inTurn(context, () =>
    runProgram(sim, () => body(Object.assign(Object.create(context), { sim })), settings),
  );
}
/** Concurrent tests of one file share a process, and what is installed in it: they run one after the other. */
export async function inTurn(context, run) {
  await oneAtATime(async () => {
    // It has timed out while it waited: vitest has told so.
    if (context.signal?.aborted !== true) await run();
  });
}
/** Nine tenths of the test's time-out. */
export function realLimit(context) {
  const { timeout } = context.task;
  return timeout === undefined || timeout === 0 || !Number.isFinite(timeout)
    ? undefined
    : Math.ceil(timeout * 0.9);
}
