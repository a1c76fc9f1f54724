import fc from 'fast-check';
import { show } from '../core/arguments.ts';
import { ArgumentError, FoulweatherError } from '../core/index.ts';
import {
  checkScenario,
  describeFailure,
  FAMILIES,
  type Family,
  parseReplay,
  RecordedStrategy,
  type Run,
  runScenario,
  type Scenario,
} from '../sim/index.ts';
import { tellFailure } from '../sim/report/format-failure.ts';
import { type FamilyDeviation, Schedule } from './schedule.ts';
import { schedules } from './schedules.ts';

/** A property over schedules does not hold. The message has fast-check's report, and the minimal schedule after it. */
export class PropertyError extends FoulweatherError {
  constructor(message: string, options?: ErrorOptions) {
    super('ERR_PROPERTY', message, options);
  }
}

/**
 * Checks with fast-check that a scenario made from a generated input holds under every generated schedule; input and
 * schedule shrink together. When fast-check has ended with a counterexample, every schedule with fewer deviations is
 * tried on the shrunk input, which fast-check itself cannot do, and both results are in the message. Throws ArgumentError
 * for `examples` that are not pairs of an input and a Schedule, before anything is run.
 */
export function assertEverySchedule<Input>(
  inputs: fc.Arbitrary<Input>,
  build: (input: Input) => Scenario,
  parameters: fc.Parameters<[Input, Schedule]> = {},
): void {
  checkExamples(parameters.examples);
  // What is wrong with the call is no counterexample.
  let misuse: unknown = null;
  const property = fc.property(inputs, schedules(), (input, schedule) => {
    let run: Run;
    try {
      const scenario = build(input);
      checkScenario(scenario);
      run = runScenario(scenario, schedule);
    } catch (error) {
      if (!fc.PreconditionFailure.isFailure(error)) misuse ??= error;
      throw error;
    }
    if (run.failure !== null) throw run.failure.error;
  });
  const details = fc.check(property, parameters);
  if (misuse !== null) throw misuse;
  parameters.reporter?.(details);
  if (!details.failed) return;
  const report = fc.defaultReportMessage(details) ?? 'the property failed';
  const { counterexample, numRuns, errorInstance: cause } = details;
  if (counterexample === null) throw new PropertyError(report);
  throw new PropertyError(`${report}\n\n${sweep(build, counterexample, numRuns)}`, { cause });
}

function checkExamples(examples: unknown): void {
  if (examples === undefined) return;
  const pairs = Array.isArray(examples) ? examples : [examples];
  for (const pair of pairs) {
    const schedule: unknown = Array.isArray(pair) ? pair[1] : pair;
    if (Array.isArray(examples) && Array.isArray(pair) && schedule instanceof Schedule) continue;
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `examples must be a list of [input, schedule] with a Schedule, got ${show(schedule)}; Schedule.parse reads the text of one`,
    );
  }
}

/** The minimal schedule for the input that fast-check has come to, and what to paste. */
function sweep<Input>(
  build: (input: Input) => Scenario,
  [input, schedule]: [Input, Schedule],
  foundAfter: number,
): string {
  const scenario = build(input);
  const failing = runScenario(scenario, schedule);
  if (failing.failure === null)
    return 'Run again, the counterexample holds: the program is not deterministic.';
  const families = scenario.families ?? FAMILIES;
  const failure = describeFailure(scenario, failing, { foundBy: 'fast-check', foundAfter, families });
  const text = tellFailure({ scenario: scenario.name }, failure);
  const minimal = failure.nondeterminism === null ? scheduleOf(scenario, failure.replay) : null;
  if (minimal === null) return text;
  return `${text}\n  try again   { examples: [[${fc.stringify(input)}, Schedule.parse('${minimal}')]] }`;
}

/** A recorded schedule by family and occurrence; null if a program's own decision deviates, which these have no name for. */
function scheduleOf(scenario: Scenario, replay: string): Schedule | null {
  const recording = parseReplay(replay);
  const { families } = recording;
  const { labels } = runScenario(scenario, new RecordedStrategy(recording), { families }).decisions;
  const deviations: FamilyDeviation[] = [];
  for (const { index, choice, ahead } of recording.points) {
    const { name } = labels[index];
    if (!FAMILIES.includes(name as Family)) return null;
    const occurrence = labels.slice(0, index).filter((label) => label.name === name).length;
    const place = { family: name as Family, occurrence, choice };
    deviations.push(ahead === undefined ? place : { ...place, ahead });
  }
  return new Schedule(deviations);
}
