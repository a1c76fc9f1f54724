// Faults that take the place of a segment which would arrive now: whether one does is decided here, segment by segment.
import { CLOSE, type Label, REFUSE, RESET, STALL, STALL_MS } from '../decisions/label.ts';
import type { Direction } from './direction.ts';
import type { Segment } from './segment.ts';

/** The families that interfere, as bits of a network's mask. */
export const INTERFERING = (1 << RESET.index) | (1 << CLOSE.index) | (1 << STALL.index) | (1 << REFUSE.index);

/** Lets a fault take the segment's place. Returns whether one did. */
export function interfere(direction: Direction, segment: Segment): boolean {
  const { connection } = direction;
  if (segment.kind === 'syn') {
    if (!happens(direction, REFUSE, () => 'the connection attempt is refused'))
      return stall(direction, segment);
    direction.remove();
    connection.refuse('ECONNREFUSED');
    return true;
  }
  if (segment.kind !== 'rst' && segment.kind !== 'refusal' && segment.kind !== 'syn-ack') {
    if (
      happens(
        direction,
        RESET,
        () => `the connection is reset instead of delivering ${direction.describeNext()}`,
      )
    ) {
      connection.breakBoth();
      return true;
    }
    if (
      happens(
        direction,
        CLOSE,
        () => `the connection is closed for both ends instead of delivering ${direction.describeNext()}`,
      )
    ) {
      connection.cut();
      return true;
    }
  }
  return stall(direction, segment);
}

function stall(direction: Direction, segment: Segment): boolean {
  const { network } = direction.connection;
  if (segment.hasStalled || (network.mask & (1 << STALL.index)) === 0) return false;
  segment.hasStalled = true;
  const choice = network.decisions.decide(STALL, STALL_MS.length, null, direction);
  if (choice === 0) return false;
  direction.note(STALL, () => `stalls for ${STALL_MS[choice]} ms before ${direction.describeNext()}`);
  direction.postpone(segment, STALL_MS[choice]);
  return true;
}

function happens(direction: Direction, label: Label, text: () => string): boolean {
  const { network } = direction.connection;
  if ((network.mask & (1 << label.index)) === 0 || network.decisions.decide(label, 2, null, direction) === 0)
    return false;
  direction.note(label, text);
  return true;
}
