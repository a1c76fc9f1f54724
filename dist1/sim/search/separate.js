import { READY, STALL } from '../decisions/label.js';
import { CANDIDATES_MAX } from '../time/schedule-queue.js';

/** Families whose choices depend on what other groups do: the order of ready channels, and time. */
const COUPLING = (1 << READY.index) | (1 << STALL.index);
/** The choices of an order decision that have to be tried, as indices of `chains`; null is all of them. */
export function separateChoices(sim, chains) {
  if (!mayTakeGroupsInTurn(sim)) return null;
  const { schedule } = sim.network;
  for (const event of schedule.pending(CANDIDATES_MAX)) {
    if (event.group === null || event.atMs > schedule.nowMs) return null;
  }
  const groups = chains.map((chain) => chain.group);
  const free = groups.indexOf('');
  if (free >= 0) return [free];
  // The same group again and again until it is done: going back and forth would only make more states.
  let first = groups[0];
  for (const group of groups) if (group < first) first = group;
  const chosen = [];
  for (let index = 0; index < groups.length; index += 1) if (groups[index] === first) chosen.push(index);
  return chosen;
}
/** Whether nothing joins the groups: no shared host that did not declare its connections independent, no law, no time. */
function mayTakeGroupsInTurn(sim) {
  const { network, hosts, invariants } = sim;
  const { separated } = network;
  if (separated === null || network.isPlanned || (network.mask & COUPLING) !== 0 || network.latencyMs !== 0)
    return false;
  if (!sim.isOrderFree || sim.hasJoiningMarks) return false;
  for (const { reads, isPerConnection } of invariants) {
    if (isPerConnection) continue;
    if (reads === null || reads.length !== 1 || !separated.has(reads[0].name)) return false;
  }
  return hosts.every((host) => {
    const hasProgram = host.reactor.size > 0 || host.clock.pendingTimers > 0;
    return !hasProgram || separated.has(host.name) || host.hasIndependentConnections;
  });
}
