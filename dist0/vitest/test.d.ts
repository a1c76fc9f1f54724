import { type TestContext, type TestOptions, test as vitestTest } from 'vitest';
import { type RunProgramOptions } from '../harness/program/index.ts';
import { Simulation, type SimulationOptions, type WEATHERS, type Weather } from '../sim/index.ts';
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
interface SimTest {
  (name: string, body: SimBody, timeoutMs?: number): void;
  (name: string, options: SimTestOptions, body: SimBody): void;
}
/** vitest's `test`, each on a simulation of its own: `test('…', async ({ sim }) => …)`. */
export declare const test: SimTest & {
  readonly only: SimTest;
  readonly skip: SimTest;
  readonly fails: SimTest;
  readonly concurrent: SimTest;
  readonly sequential: SimTest;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): SimTest;
  runIf(condition: unknown): SimTest;
  /** One test for each value, which is the body's first argument. */
  for<Value>(
    values: readonly Value[],
  ): (name: string, body: (value: Value, context: SimContext) => unknown, options?: SimTestOptions) => void;
};
/** Concurrent tests of one file share a process, and what is installed in it: they run one after the other. */
export declare function inTurn(context: TestContext, run: () => Promise<unknown>): Promise<void>;
/** Nine tenths of the test's time-out. */
export declare function realLimit(context: TestContext): number | undefined;
