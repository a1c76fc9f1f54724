import fc from 'fast-check';
import { FoulweatherError } from '../core/index.ts';
import { type Scenario } from '../sim/index.ts';
import type { Schedule } from './schedule.ts';
/** A property over schedules does not hold. The message has fast-check's report, and the minimal schedule after it. */
export declare class PropertyError extends FoulweatherError {
  constructor(message: string, options?: ErrorOptions);
}
/**
 * Checks with fast-check that a scenario made from a generated input holds under every generated schedule; input and
 * schedule shrink together. When fast-check has ended with a counterexample, every schedule with fewer deviations is
 * tried on the shrunk input, which fast-check itself cannot do, and both results are in the message.
 */
export declare function assertEverySchedule<Input>(
  inputs: fc.Arbitrary<Input>,
  build: (input: Input) => Scenario,
  parameters?: fc.Parameters<[Input, Schedule]>,
): void;
