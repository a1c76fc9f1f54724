import { FAMILIES, formatReplay, formatTrace, type Simulation } from '../../sim/index.ts';
import type { ToldRun } from './job.ts';

/** What has happened in a run so far. */
export function tell(scenario: string, sim: Simulation): ToldRun {
  const { decisions, trace, network } = sim;
  const families = FAMILIES.filter((_, index) => ((network.mask >> index) & 1) === 1);
  const told: string[] = [];
  if (trace !== null) for (const { atMs, text } of trace.deviations) told.push(`at ${atMs} ms, ${text}`);
  else
    decisions.choices.forEach((choice, index) => {
      const { label, arity } = decisions.at(index);
      if (choice !== 0) told.push(`decision ${index}: ${label.name}, choice ${choice} of 0 to ${arity - 1}`);
    });
  return {
    replay: formatReplay(scenario, families, decisions),
    deviations: told,
    trace: trace === null ? '' : formatTrace(trace.events),
  };
}
