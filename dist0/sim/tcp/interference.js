// Faults that take the place of a segment which would arrive now: whether one does is decided here, segment by segment.
import { CLOSE, REFUSE, RESET, STALL, STALL_MS } from '../decisions/label.js';
/** The families that interfere, as bits of a network's mask. */
export const INTERFERING = (1 << RESET.index) | (1 << CLOSE.index) | (1 << STALL.index) | (1 << REFUSE.index);
/** Lets a fault take the segment's place. Returns whether one did. */
export function interfere(direction, segment) {
  const { connection } = direction;
  if (segment.kind === 'syn') {
    if (!happens(direction, REFUSE)) return stall(direction, segment);
    direction.remove();
    connection.refuse('ECONNREFUSED');
    return true;
  }
  if (segment.kind !== 'rst' && segment.kind !== 'refusal' && segment.kind !== 'syn-ack') {
    if (happens(direction, RESET)) {
      connection.breakBoth();
      return true;
    }
    if (happens(direction, CLOSE)) {
      connection.cut();
      return true;
    }
  }
  return stall(direction, segment);
}
function stall(direction, segment) {
  const { network } = direction.connection;
  if (segment.hasStalled || (network.mask & (1 << STALL.index)) === 0) return false;
  segment.hasStalled = true;
  const choice = network.decisions.decide(STALL, STALL_MS.length, null, direction);
  if (choice === 0) return false;
  if (network.countFault(STALL))
    network.tellFault(direction, `stalls for ${STALL_MS[choice]} ms before ${direction.describeNext()}`);
  direction.postpone(segment, STALL_MS[choice]);
  return true;
}
function happens(direction, label) {
  const { network } = direction.connection;
  if ((network.mask & (1 << label.index)) === 0 || network.decisions.decide(label, 2, null, direction) === 0)
    return false;
  if (network.countFault(label)) network.tellFault(direction, describe(label, direction));
  return true;
}
function describe(label, direction) {
  if (label === REFUSE) return 'the connection attempt is refused';
  const what = label === RESET ? 'is reset' : 'is closed for both ends';
  return `the connection ${what} instead of delivering ${direction.describeNext()}`;
}
