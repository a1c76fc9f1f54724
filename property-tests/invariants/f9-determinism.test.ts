// One schedule is one run: the same decisions are met, the same events happen at the same times.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Schedule, schedules } from '../../src/fast-check/index.ts';
import { formatTrace, runScenario } from '../../src/sim/index.ts';
import { echoRemembers, forwardRemembers } from '../support/broken/remembers-earlier-runs.ts';
import { type AnyService, type Input, inputs, SHIPPED, worldScenario } from '../support/invariants/world.ts';

function traceOf(service: AnyService, input: Input, schedule: Schedule): string {
  const { trace, decisions } = runScenario(
    worldScenario('f9', service, input, () => {}),
    schedule,
    { trace: true },
  );
  return `${formatTrace(trace!.events)}\n${decisions.labels.map(({ name }) => name)} ${decisions.choices}`;
}

function check(service: AnyService, numRuns: number): fc.RunDetails<[Input, Schedule]> {
  const property = fc.property(inputs, schedules(), (input, schedule) => {
    const first = traceOf(service, input, schedule);
    return traceOf(service, input, schedule) === first;
  });
  return fc.check(property, { numRuns, seed: 1, endOnFailure: true });
}

describe('F9: the same schedule is the same run', () => {
  test.each(['echo', 'forward'] as const)('for every schedule, it holds of the shipped %s', (kind) => {
    expect(check(SHIPPED[kind], 300).failed).toBe(false);
  });

  test.each([echoRemembers, forwardRemembers].map((service) => [service.name, service] as const))(
    '%s breaks it',
    (_name, service) => {
      expect(check(service, 300).failed).toBe(true);
    },
  );
});
