import { ArgumentError } from '../../core/index.ts';
import { tellThrown } from '../../core/thrown.ts';
import { type Arena, parseReplay, RecordedStrategy, runScenario } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';
import type { Replayed } from './job.ts';
import { tell } from './tell.ts';

/** Runs the schedule of a replay string. Throws DivergedError at the first decision that is not the one recorded. */
export function replay(text: string, found: readonly ShippedScenario[], arena?: Arena): Replayed {
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
  const { families } = recording;
  const run = runScenario(entry.scenario, strategy, { arena, families, trace: true });
  strategy.expectMet(run.decisions);
  const failure =
    run.failure === null ? null : { law: run.failure.law, message: tellThrown(run.failure.error) };
  return { ...tell(recording.scenario, run.sim), failure };
}
