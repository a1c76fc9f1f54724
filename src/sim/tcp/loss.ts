// What becomes of a segment that does not get through: its sender sends it again, ever more rarely, or gives up.
import type { Direction } from './direction.ts';
import { retransmissionMs, retriesMax } from './retransmission.ts';
import type { Segment, SegmentKind } from './segment.ts';

/** Whether the link keeps or loses the segment that has arrived there. */
export function isObstructed(direction: Direction, segment: Segment): boolean {
  const { link } = direction;
  const verdict = link.judge(direction);
  if (verdict === 'lost' && segment.kind === 'syn' && link.rejection !== null) {
    direction.remove();
    direction.connection.refuse(link.rejection);
  } else if (verdict === 'lost') lose(direction, segment);
  return verdict !== 'pass';
}

/** The segment is lost: its sender sends it again, or gives up. What follows waits for it. */
export function lose(direction: Direction, segment: Segment): void {
  const { network } = direction.connection;
  if (network.trace !== null) network.record(`${direction}`, 'lost', segment.kind);
  segment.lost += 1;
  const kind = timedKind(segment);
  if (segment.kind !== 'rst' && direction.isAborted) direction.dropButReset();
  else if (segment.lost > retriesMax(kind, direction.sender.isReleased) + 1) giveUp(direction, kind);
  else if (segment.kind === 'rst' || segment.kind === 'probe' || isSuperseded(segment)) direction.remove();
  else direction.postpone(segment, waitMs(direction, kind, segment.lost));
}

/** Bytes have arrived, but their acknowledgement is lost: their sender sends them again, until it gives up. */
export function awaitAcknowledgement(direction: Direction, sent: number): void {
  const { network } = direction.connection;
  const { sender, receiver } = direction;
  if (direction.isUnacknowledged && sent === 1) return;
  direction.isUnacknowledged = true;
  network.at(network.schedule.nowMs + waitMs(direction, 'data', sent), () => {
    if (receiver.out.link.isSilent && !sender.isReleased) {
      if (sent <= retriesMax('data', false)) awaitAcknowledgement(direction, sent + 1);
      else sender.onReset('ETIMEDOUT');
    } else direction.isUnacknowledged = false;
  });
}

/** A receipt that is lost is not sent again if a later one is on its way: it tells as much, and more. */
function isSuperseded({ kind, receipt, next }: Segment): boolean {
  return kind === 'window' && receipt !== null && next !== null;
}

/** Data acknowledges the handshake too: if it follows, it is what is sent again. */
function timedKind({ kind, next }: Segment): SegmentKind {
  return kind === 'ack' && next !== null ? 'data' : kind;
}

function waitMs({ link, receiver }: Direction, kind: SegmentKind, sent: number): number {
  return retransmissionMs(kind, sent, link.latencyMs + receiver.out.link.latencyMs);
}

/** After the last retransmission: whoever waits for an answer learns that none comes (RFC 1122 section 4.2.3.5). */
function giveUp(direction: Direction, kind: SegmentKind): void {
  const { connection, receiver, sender } = direction;
  direction.drop();
  if (kind === 'ack') receiver.forget();
  else if (kind === 'syn' || kind === 'syn-ack' || kind === 'refusal') connection.client.onReset('ETIMEDOUT');
  else if (kind === 'window') receiver.onReset('ETIMEDOUT');
  else sender.onReset(direction.link.rejection ?? 'ETIMEDOUT');
}
