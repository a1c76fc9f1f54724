import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertEverySchedule, type Schedule, schedules } from '../../../src/fast-check/index.ts';
import { runScenario, type Scenario } from '../../../src/sim/index.ts';
import { type AnyService, SHIPPED } from './world.ts';

export type NamedService = AnyService & { readonly name: string };

/** One of F1 to F10 of docs/invariants.md. */
export interface Invariant<Input> {
  /** `F1` to `F10`, and what holds. Each law that belongs to it begins so, too. */
  readonly law: string;
  /** Laws of the simulation itself that belong to it as well. */
  readonly others?: readonly string[];
  readonly inputs: fc.Arbitrary<Input>;
  /** Builds a world of the service, with the laws of this invariant alone. */
  readonly build: (service: AnyService, input: Input) => Scenario;
  /** For each service that it applies to, those that must be found to break it. */
  readonly brokenBy: Partial<Record<AnyService['kind'], readonly NamedService[]>>;
}

const SCHEDULES = 400;
const BROKEN_SCHEDULES = 10_000;
const SEED = 1;

/** The shipped services keep it for every schedule, and what breaks it is found out. */
export function checkInvariant<Input>(invariant: Invariant<Input>): void {
  const { law, inputs, build, brokenBy } = invariant;
  const kinds = Object.keys(brokenBy) as AnyService['kind'][];
  describe(law, () => {
    test.each(kinds)('for every schedule, it holds of the shipped %s', (kind) => {
      assertEverySchedule(inputs, (input) => build(SHIPPED[kind], input), { numRuns: SCHEDULES, seed: SEED });
    });

    const broken = kinds.flatMap((kind) => brokenBy[kind] ?? []);
    test.each(broken.map((service) => [service.name, service] as const))('%s breaks it', (_name, service) => {
      expect(isBroken(invariant, service), `${service.name} keeps ${law}`).toBe(true);
    });
  });
}

/** Whether a service is found to break this law, and not just any. */
export function isBroken<Input>(
  invariant: Invariant<Input>,
  service: AnyService,
  numRuns = BROKEN_SCHEDULES,
): boolean {
  const { law, others = [], inputs, build } = invariant;
  const keeps = (input: Input, schedule: Schedule): boolean => {
    const { failure } = runScenario(build(service, input), schedule);
    return failure === null || !(failure.law.startsWith(law) || others.includes(failure.law));
  };
  const parameters = { numRuns, seed: SEED, endOnFailure: true };
  return fc.check(fc.property(inputs, schedules(), keeps), parameters).failed;
}
