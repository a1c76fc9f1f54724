import { type TestOptions, test as vitestTest } from 'vitest';
import { type EveryScheduleOptions } from '../harness/program/index.ts';
import { type SimBody } from './test.ts';
export interface EveryScheduleTestOptions extends TestOptions, EveryScheduleOptions {
  /** The same as `budgetMs`. */
  readonly budget?: number;
}
interface EveryScheduleTest {
  (name: string, body: SimBody): void;
  (name: string, options: EveryScheduleTestOptions, body: SimBody): void;
}
/** A test that runs its body under many schedules, each on a simulation of its own. */
export declare const everySchedule: EveryScheduleTest & {
  readonly only: EveryScheduleTest;
  readonly skip: EveryScheduleTest;
  /** Passes if a schedule fails: for programs that are known to be broken. */
  readonly fails: EveryScheduleTest;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): EveryScheduleTest;
  runIf(condition: unknown): EveryScheduleTest;
};
