// Persistent sets (Godefroid, 1996) by group: what begins at hosts that a scenario declares separate never meets, so that
// one group can go on to its end before the next does anything. Every group still shows all it can do, and all ends of
// one meet all ends of another; only the orders among groups are left out. Sound where it says so, or off.
import type { Chain } from '../decisions/decisions.ts';
import { READY, STALL } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import type { Event } from '../time/schedule-queue.ts';
import { CANDIDATES_MAX } from '../time/schedule-queue.ts';

/** Families whose choices depend on what other groups do: the order of ready channels, and time. */
const COUPLING = (1 << READY.index) | (1 << STALL.index);

/** The choices of an order decision that have to be tried, as indices of `chains`; null is all of them. */
export function separateChoices(sim: Simulation, chains: readonly Chain[]): readonly number[] | null {
  if (!mayTakeGroupsInTurn(sim)) return null;
  const { schedule } = sim.network;
  for (const event of schedule.pending(CANDIDATES_MAX)) {
    if (event.group === null || event.atMs > schedule.nowMs) return null;
  }
  const groups = chains.map((chain) => (chain as Event).group);
  const free = groups.indexOf('');
  if (free >= 0) return [free];
  // The same group again and again until it is done: going back and forth would only make more states.
  let first = groups[0]!;
  for (const group of groups) if (group! < first) first = group!;
  const chosen: number[] = [];
  for (let index = 0; index < groups.length; index += 1) if (groups[index] === first) chosen.push(index);
  return chosen;
}

/** Whether nothing joins the groups: no shared host that did not declare its connections independent, no law, no time. */
function mayTakeGroupsInTurn(sim: Simulation): boolean {
  const { network, hosts, invariants } = sim;
  const { separated } = network;
  if (separated === null || network.isPlanned || (network.mask & COUPLING) !== 0 || network.latencyMs !== 0)
    return false;
  if (!sim.isOrderFree || sim.showsOrders) return false;
  for (const { reads, isPerConnection } of invariants) {
    if (isPerConnection) continue;
    if (reads === null || reads.length !== 1 || !separated.has(reads[0].name)) return false;
  }
  return hosts.every((host) => {
    const hasProgram = host.reactor.size > 0 || host.clock.pendingTimers > 0;
    return !hasProgram || separated.has(host.name) || host.hasIndependentConnections;
  });
}
