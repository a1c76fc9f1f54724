import { ArgumentError } from '../../core/index.ts';
import { formatTrace, parseReplay, RecordedStrategy, type Run, runScenario } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';

export interface Replayed {
  readonly run: Run;
  /** The run's events, one line each. */
  readonly trace: string;
  /** One sentence per deviation. */
  readonly deviations: readonly string[];
}

/** Runs the schedule of a replay string. Throws DivergedError at the first decision that is not the one recorded. */
export function replay(text: string, found: readonly ShippedScenario[]): Replayed {
  const recording = parseReplay(text);
  const entry = found.find(({ scenario }) => scenario.name === recording.scenario);
  if (entry === undefined) {
    const names = found.map(({ scenario }) => scenario.name).join(', ');
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `no scenario is named ${recording.scenario}; there are ${names}. Name its module before --replay`,
    );
  }
  const strategy = new RecordedStrategy(recording);
  const run = runScenario(entry.scenario, strategy, { families: recording.families, trace: true });
  strategy.expectMet(run.decisions);
  const { events, deviations } = run.trace!;
  return {
    run,
    trace: formatTrace(events),
    deviations: deviations.map(({ atMs, text: what }) => `at ${atMs} ms, ${what}`),
  };
}
