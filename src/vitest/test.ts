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
import {
  type AnyFixtures,
  addFixtures,
  type Fixtures,
  inFixtures,
  type SimBody,
  type SimContext,
} from './fixtures.ts';
import { withPolling } from './polling.ts';

export interface SimTestOptions extends TestOptions, RunProgramOptions {
  /** Latency, window and order window of the network. */
  readonly network?: Pick<SimulationOptions, 'latencyMs' | 'orderWindowMs' | 'windowBytes' | 'buffers'>;
  /** Default `calm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  /** Seeds the weather. Default 1. */
  readonly seed?: number;
}

/** One of vitest's ways to register a test. */
export type Register = (name: string, options: TestOptions, body: (context: TestContext) => unknown) => void;

/** The elements of an array, or what is none. */
export type Spread<Value> = Value extends readonly unknown[] ? [...Value] : [Value];

/** Registers one test for each of the values given before. */
export interface ForEach<Options, Args extends unknown[]> {
  (name: string, body: (...args: Args) => unknown, options?: Options): void;
  (name: string, options: Options, body: (...args: Args) => unknown): void;
}

interface SimTest<More> {
  (name: string, body: SimBody<More>, timeoutMs?: number): void;
  (name: string, options: SimTestOptions, body: SimBody<More>): void;
}

interface SimTests<More> extends SimTest<More> {
  readonly only: SimTest<More>;
  readonly skip: SimTest<More>;
  readonly fails: SimTest<More>;
  readonly concurrent: SimTest<More>;
  readonly sequential: SimTest<More>;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): SimTest<More>;
  runIf(condition: unknown): SimTest<More>;
  /** One test for each value, which is the body's first argument. */
  for<Value>(values: readonly Value[]): ForEach<SimTestOptions, [Value, SimContext & More]>;
  /** As `for`, but the elements of a value that is an array are arguments of their own. */
  each<Value>(values: readonly Value[]): ForEach<SimTestOptions, [...Spread<Value>, SimContext & More]>;
  /** Tests whose context has `fixtures`, too. Each is made for each test, in this order, on the test's simulation. */
  extend<Added extends object>(fixtures: Fixtures<More, Added>): SimTests<Omit<More, keyof Added> & Added>;
}

/** vitest's `test`, each on a simulation of its own: `test('…', async ({ sim }) => …)`. */
export const test: SimTests<object> = makeTests({});

function makeTests(fixtures: AnyFixtures): SimTests<object> {
  const run: Run<SimTestOptions> = (body, context, options) =>
    runTest(context, inFixtures(fixtures, body), options);
  const make = (register: unknown): SimTest<object> => makeTest(register as Register, run);
  return Object.assign(make(vitestTest), {
    only: make(vitestTest.only),
    skip: make(vitestTest.skip),
    fails: make(vitestTest.fails),
    concurrent: make(vitestTest.concurrent),
    sequential: make(vitestTest.sequential),
    todo: vitestTest.todo,
    skipIf: (condition: unknown) => make(vitestTest.skipIf(condition)),
    runIf: (condition: unknown) => make(vitestTest.runIf(condition)),
    for: makeFor<SimTestOptions>(run, single),
    each: makeFor<SimTestOptions>(run, spread),
    extend: (added: object) => makeTests(addFixtures(fixtures, added)) as never,
  });
}

/** @internal Runs a body once a test begins. */
export type Run<Options> = (body: SimBody, context: TestContext, options: Options) => Promise<void>;

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

function makeTest(register: Register, run: Run<SimTestOptions>): SimTest<object> {
  return (name: string, ...rest: unknown[]): void => {
    const body = rest.find((value) => typeof value === 'function') as SimBody;
    const given = rest.find((value) => typeof value === 'object' && value !== null) as
      | SimTestOptions
      | undefined;
    const timeout = rest.find((value) => typeof value === 'number') as number | undefined;
    const options = timeout === undefined ? (given ?? {}) : { ...given, timeout };
    register(name, options, (context) => run(body, context, options));
  };
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
