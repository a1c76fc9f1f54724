import { type TestContext, type TestOptions, test as vitestTest } from 'vitest';
import { type RunProgramOptions, runProgram } from '../harness/program/index.ts';
import { oneAtATime } from '../harness/program/one-at-a-time.ts';
import {
  familiesOf,
  random,
  Simulation,
  type SimulationOptions,
  type WEATHERS,
  type Weather,
  weatherOf,
} from '../sim/index.ts';
import { withPolling } from './polling.ts';

/** What a test function gets. */
export interface SimContext extends TestContext {
  /** Installed: the program's network, time and chance are its. */
  readonly sim: Simulation;
}

export interface SimTestOptions extends TestOptions, RunProgramOptions {
  /** Latency, window and order window of the network. */
  readonly network?: Pick<SimulationOptions, 'latencyMs' | 'orderWindowMs' | 'windowBytes' | 'buffers'>;
  /** Default `calm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  /** Seeds the weather. Default 1. */
  readonly seed?: number;
}

export type SimBody = (context: SimContext) => unknown;

/** One of vitest's ways to register a test. */
export type Register = (name: string, options: TestOptions, body: (context: TestContext) => unknown) => void;

/** The elements of an array, or what is none. */
export type Spread<Value> = Value extends readonly unknown[] ? [...Value] : [Value];

/** Registers one test for each of the values given before. */
export interface ForEach<Options, Args extends unknown[]> {
  (name: string, body: (...args: Args) => unknown, options?: Options): void;
  (name: string, options: Options, body: (...args: Args) => unknown): void;
}

interface SimTest {
  (name: string, body: SimBody, timeoutMs?: number): void;
  (name: string, options: SimTestOptions, body: SimBody): void;
}

/** vitest's `test`, each on a simulation of its own: `test('…', async ({ sim }) => …)`. */
export const test: SimTest & {
  readonly only: SimTest;
  readonly skip: SimTest;
  readonly fails: SimTest;
  readonly concurrent: SimTest;
  readonly sequential: SimTest;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): SimTest;
  runIf(condition: unknown): SimTest;
  /** One test for each value, which is the body's first argument. */
  for<Value>(values: readonly Value[]): ForEach<SimTestOptions, [Value, SimContext]>;
  /** As `for`, but the elements of a value that is an array are arguments of their own. */
  each<Value>(values: readonly Value[]): ForEach<SimTestOptions, [...Spread<Value>, SimContext]>;
} = Object.assign(makeTest(vitestTest as Register), {
  only: makeTest(vitestTest.only as Register),
  skip: makeTest(vitestTest.skip as Register),
  fails: makeTest(vitestTest.fails as Register),
  concurrent: makeTest(vitestTest.concurrent as Register),
  sequential: makeTest(vitestTest.sequential as Register),
  todo: vitestTest.todo,
  skipIf: (condition: unknown) => makeTest(vitestTest.skipIf(condition) as Register),
  runIf: (condition: unknown) => makeTest(vitestTest.runIf(condition) as Register),
  for: makeFor<SimTestOptions>(runOne, single),
  each: makeFor<SimTestOptions>(runOne, spread),
});

type Run<Options> = (body: SimBody, context: TestContext, options: Options) => Promise<void>;

/** @internal A value is one argument. */
export function single(value: unknown): unknown[] {
  return [value];
}

/** An array's elements are arguments. */
function spread(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** @internal `for` and `each`: a test for each value, which comes before the context. */
export function makeFor<Options extends TestOptions>(
  run: Run<Options>,
  argumentsOf: (value: unknown) => unknown[],
  defaults: Partial<Options> = {},
) {
  return (values: readonly unknown[]) =>
    (name: string, ...rest: unknown[]): void => {
      const body = rest.find((value) => typeof value === 'function') as (...args: unknown[]) => unknown;
      const given = rest.find((value) => typeof value === 'object' && value !== null) as Options | undefined;
      const options = { ...defaults, ...given } as Options;
      vitestTest.for([...values])(name, options, (value, context) =>
        run((fixture) => body(...argumentsOf(value), fixture), context, options),
      );
    };
}

function makeTest(register: Register): SimTest {
  return (name: string, ...rest: unknown[]): void => {
    const body = rest.find((value) => typeof value === 'function') as SimBody;
    const given = rest.find((value) => typeof value === 'object' && value !== null) as
      | SimTestOptions
      | undefined;
    const timeout = rest.find((value) => typeof value === 'number') as number | undefined;
    const options = timeout === undefined ? (given ?? {}) : { ...given, timeout };
    register(name, options, (context) => runTest(context, body, options));
  };
}

function runOne(body: SimBody, context: TestContext, options: SimTestOptions): Promise<void> {
  return runTest(context, body, options);
}

async function runTest(context: TestContext, body: SimBody, options: SimTestOptions): Promise<void> {
  const weather = weatherOf(options.weather ?? 'calm');
  const sim = new Simulation({
    ...options.network,
    strategy: random(options.seed ?? 1, weather),
    families: familiesOf(weather),
  });
  // vitest's own time-out can only say that it was one: ours comes first, and says what is waited for.
  const realTimeoutMs = options.realTimeoutMs ?? realLimit(context);
  const settings = { signal: context.signal, title: context.task.name, ...options, realTimeoutMs };
  await inTurn(context, () =>
    runProgram(sim, () => body(Object.assign(Object.create(context), { sim })), settings),
  );
}

/** Concurrent tests of one file share a process, and what is installed in it: they run one after the other. */
export async function inTurn(context: TestContext, run: () => Promise<unknown>): Promise<void> {
  await oneAtATime(async () => {
    // It has timed out while it waited: vitest has told so.
    if (context.signal?.aborted !== true) await withPolling(run);
  });
}

/** Nine tenths of the test's time-out. */
export function realLimit(context: TestContext): number | undefined {
  const { timeout } = context.task as { timeout?: number };
  return timeout === undefined || timeout === 0 || !Number.isFinite(timeout)
    ? undefined
    : Math.ceil(timeout * 0.9);
}
