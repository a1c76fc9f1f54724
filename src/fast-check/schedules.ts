import fc from 'fast-check';
import { checkInteger, show } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import { COMMON_FAMILIES, FAMILIES, type Family } from '../sim/index.ts';
import { type FamilyDeviation, Schedule } from './schedule.ts';

export interface SchedulesConstraints {
  /** The families that may deviate. Default: all but `crash`, `pause`, `partition` and `idle`, which a scenario must let happen. */
  readonly families?: readonly Family[];
  /** Deviations of one schedule at most. Default 12. */
  readonly maxDeviations?: number;
  /** How far into a run deviations lie: the last occurrence of a family that may deviate. Default 40. */
  readonly maxOccurrence?: number;
  /** The largest choice. Default 16; decisions with fewer choices take their last. */
  readonly maxChoice?: number;
}

const CONSTRAINTS = ['families', 'maxDeviations', 'maxOccurrence', 'maxChoice'];

/**
 * Schedules for a property: `fc.property(schedules(), (schedule) => { new Simulation({ strategy: schedule }) … })`.
 *
 * The calm schedule is the smallest; shrinking drops deviations, then lowers them, from what was generated alone, so that
 * `{ seed, path }` and `examples` work. A value prints as text that `Schedule.parse` reads.
 */
export function schedules(constraints: SchedulesConstraints = {}): fc.Arbitrary<Schedule> {
  if (typeof constraints !== 'object' || constraints === null)
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `schedules takes { ${CONSTRAINTS.join(', ')} }, got ${show(constraints)}`,
    );
  for (const name of Object.keys(constraints))
    if (!CONSTRAINTS.includes(name))
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `schedules knows no ${show(name)}: it takes { ${CONSTRAINTS.join(', ')} }`,
      );
  const { families = COMMON_FAMILIES } = constraints;
  checkFamilies(families);
  const maxLength = checkInteger('maxDeviations', constraints.maxDeviations ?? 12, 0);
  const max = checkInteger('maxOccurrence', constraints.maxOccurrence ?? 40, 0);
  const maxChoice = checkInteger('maxChoice', constraints.maxChoice ?? 16, 1);
  const deviation: fc.Arbitrary<FamilyDeviation> = fc.record({
    family: fc.constantFrom(...families),
    occurrence: fc.nat({ max }),
    choice: fc.integer({ min: 1, max: maxChoice }),
  });
  const deviations = fc.uniqueArray(deviation, {
    maxLength,
    size: 'max',
    selector: ({ family, occurrence }) => `${family}@${occurrence}`,
  });
  return deviations.map(printable, (value) => {
    if (value instanceof Schedule) return [...value.deviations];
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `an example must be a Schedule, got ${show(value)}; make one with Schedule.parse`,
    );
  });
}

function checkFamilies(families: readonly Family[]): void {
  if (!Array.isArray(families))
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `families must be a list, got ${show(families)}`);
  const unknown = families.find((family) => !FAMILIES.includes(family));
  if (unknown === undefined && families.length > 0) return;
  const found = unknown === undefined ? 'none' : show(unknown);
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `families must be one or more of ${FAMILIES.join(', ')}, got ${found}`,
  );
}

/** fast-check prints a value by this method, so that a counterexample is one line to paste. */
function printable(deviations: readonly FamilyDeviation[]): Schedule {
  const schedule = new Schedule(deviations);
  Object.defineProperty(schedule, fc.toStringMethod, { value: () => `Schedule.parse('${schedule}')` });
  return schedule;
}
