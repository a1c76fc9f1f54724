import fc from 'fast-check';
import { FoulweatherError } from '../core/index.js';
import { checkScenario, describeFailure, FAMILIES, formatFailure, runScenario } from '../sim/index.js';
import { schedules } from './schedules.js';
/** A property over schedules does not hold. The message has fast-check's report, and the minimal schedule after it. */
export class PropertyError extends FoulweatherError {
  constructor(message, options) {
    super('ERR_PROPERTY', message, options);
  }
}
/**
 * Checks with fast-check that a scenario made from a generated input holds under every generated schedule; input and
 * schedule shrink together. When fast-check has ended with a counterexample, every schedule with fewer deviations is
 * tried on the shrunk input, which fast-check itself cannot do, and both results are in the message.
 */
export function assertEverySchedule(inputs, build, parameters = {}) {
  // What is wrong with the call is no counterexample.
  let misuse = null;
  const property = fc.property(inputs, schedules(), (input, schedule) => {
    let run;
    try {
      const scenario = build(input);
      checkScenario(scenario);
      run = runScenario(scenario, schedule);
    } catch (error) {
      misuse ??= error;
      throw error;
    }
    if (run.failure !== null) throw run.failure.error;
  });
  const details = fc.check(property, parameters);
  if (misuse !== null) throw misuse;
  if (!details.failed) return;
  const report = fc.defaultReportMessage(details) ?? 'the property failed';
  if (details.counterexample === null) throw new PropertyError(report);
  throw new PropertyError(
    `${report}\n\n${sweep(build(details.counterexample[0]), details.counterexample[1])}`,
    {
      cause: details.errorInstance,
    },
  );
}
function sweep(scenario, schedule) {
  const failing = runScenario(scenario, schedule);
  if (failing.failure === null)
    return 'Run again, the counterexample holds: the program is not deterministic.';
  const families = scenario.families ?? FAMILIES;
  const failure = describeFailure(scenario, failing, { foundBy: 'fast-check', foundAfter: 1, families });
  return formatFailure({ scenario: scenario.name }, failure);
}
