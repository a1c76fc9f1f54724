import { FAMILIES, formatReplay, formatTrace } from '../../sim/index.js';
/** What has happened in a run so far. */
export function tell(scenario, sim) {
  const { decisions, trace, network } = sim;
  const families = FAMILIES.filter((_, index) => ((network.mask >> index) & 1) === 1);
  const told = [];
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
