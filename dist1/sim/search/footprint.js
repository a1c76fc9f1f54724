/**
 * Whether two events give the same state in either order. Conservative: false where it is not known. Two events are
 * independent if they are due at one instant, change different hosts, share no connection's end, and no invariant reads
 * both hosts; or if they are deliveries of different connections to a host that declares these independent. (A delivery
 * takes from the head of its direction what an answer to the opposite delivery adds at the tail of the other.)
 */
export function areIndependent(a, b, reads, mayKill) {
  if (a.atMs !== b.atMs || a.host === '' || b.host === '') return false;
  if (a.connection !== 0 && a.connection === b.connection && (a.isReset || b.isReset || a.host === b.host))
    return false;
  if (a.host === b.host) {
    return a.isIndependentInside && a.connection !== 0 && b.connection !== 0 && a.root !== b.root;
  }
  if (mayKill && (a.peer === b.host || b.peer === a.host || (a.peer !== null && a.peer === b.peer)))
    return false;
  if (a.connection === 0 && b.peer === a.host) return false;
  if (b.connection === 0 && a.peer === b.host) return false;
  if (a.connection === 0 && b.connection === 0 && (a.neighbours.has(b.host) || b.neighbours.has(a.host)))
    return false;
  return !reads.some((hosts) => hosts === null || (hosts.has(a.host) && hosts.has(b.host)));
}
