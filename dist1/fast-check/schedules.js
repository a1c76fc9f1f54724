import fc from 'fast-check';
import { checkInteger, show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
import { COMMON_FAMILIES, FAMILIES } from '../sim/index.js';
import { Schedule } from './schedule.js';
/**
 * Schedules for a property: `fc.property(schedules(), (schedule) => { new Simulation({ strategy: schedule }) … })`.
 *
 * The calm schedule is the smallest; shrinking drops deviations, then lowers them, from what was generated alone, so that
 * `{ seed, path }` and `examples` work. A value prints as text that `Schedule.parse` reads.
 */
export function schedules(constraints = {}) {
  if (typeof constraints !== 'object' || constraints === null)
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `schedules takes { families, maxDeviations, maxOccurrence, maxChoice }, got ${show(constraints)}`,
    );
  const { families = COMMON_FAMILIES } = constraints;
  checkFamilies(families);
  const maxLength = checkInteger('maxDeviations', constraints.maxDeviations ?? 12, 0);
  const max = checkInteger('maxOccurrence', constraints.maxOccurrence ?? 40, 0);
  const maxChoice = checkInteger('maxChoice', constraints.maxChoice ?? 16, 1);
  const deviation = fc.record({
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
function checkFamilies(families) {
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
function printable(deviations) {
  const schedule = new Schedule(deviations);
  Object.defineProperty(schedule, fc.toStringMethod, { value: () => `Schedule.parse('${schedule}')` });
  return schedule;
}
