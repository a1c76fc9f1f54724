import { retransmissionMs, retriesMax } from './retransmission.js';
import { SEGMENT_BYTES_MAX } from './segment.js';

/** Linux: tcp_reordering. */
const DUPLICATES = 3;
/** Whether the link keeps or loses the segment that has arrived there. */
export function isObstructed(direction, segment) {
  const { link } = direction;
  // A router's word is from this side of the break.
  if (segment.kind === 'refusal' && segment.code === link.rejection) return false;
  const verdict = link.judge(direction);
  if (verdict === 'lost' && segment.kind === 'syn' && link.rejection !== null) {
    direction.remove();
    direction.connection.refuse(link.rejection);
  } else if (verdict === 'lost') lose(direction, segment);
  return verdict !== 'pass';
}
/** The segment is lost: its sender sends it again, or gives up. What follows waits for it. */
export function lose(direction, segment) {
  const { network } = direction.connection;
  if (network.trace !== null) network.record(`${direction}`, 'lost', segment.kind);
  if (direction.sender.isForgotten && segment.kind !== 'rst') {
    direction.drop();
    return;
  }
  segment.lost += 1;
  const kind = timedKind(segment);
  const timeouts = segment.isFast ? segment.lost - 1 : segment.lost;
  if (segment.kind !== 'rst' && direction.isAborted) direction.dropButReset();
  else if (timeouts > retriesMax(kind, direction.sender.isReleased) + 1) giveUp(direction, kind);
  else if (segment.kind === 'rst') {
    direction.remove();
    direction.sender.forgetReset();
  } else if (segment.kind === 'probe' || isSuperseded(segment)) direction.remove();
  else {
    direction.resend(segment, network.schedule.nowMs + waitMs(direction, kind, timeouts));
    if (segment.lost === 1) askFor(direction, segment);
  }
}
/**
 * Three acknowledgements of the same bytes ask for the segment after them, without a time-out (RFC 5681 section 3.2): each
 * segment that arrives behind a gap makes one.
 */
export function askFor(direction, lost) {
  const { link, receiver } = direction;
  const back = receiver.out.link;
  if (lost.kind !== 'data' || lost.isFast || link.isSilent || back.isSilent) return;
  let duplicates = 0;
  let from = lost.end;
  for (let segment = lost.next; segment !== null; segment = segment.next) {
    if (segment.kind !== 'data') continue;
    duplicates += Math.ceil((segment.end - from) / SEGMENT_BYTES_MAX);
    from = segment.end;
    if (duplicates < DUPLICATES) continue;
    const { nowMs } = direction.connection.network.schedule;
    const atMs = Math.max(nowMs, segment.atMs) + back.latencyMs + link.latencyMs;
    if (atMs >= lost.atMs) return;
    lost.isFast = true;
    direction.resend(lost, atMs);
    return;
  }
}
/** Bytes have arrived, but their acknowledgement is lost: their sender sends them again, until it gives up. */
export function awaitAcknowledgement(direction, sent) {
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
/** A receipt that is lost is not sent again if a later one is on its way that would be: it tells as much, and more. */
function isSuperseded({ kind, receipt, next }) {
  if (kind !== 'window' || receipt === null) return false;
  for (let later = next; later !== null; later = later.next) if (later.kind !== 'probe') return true;
  return false;
}
/** Data acknowledges the handshake too: if it follows, it is what is sent again. */
function timedKind({ kind, next }) {
  return kind === 'ack' && next !== null ? 'data' : kind;
}
function waitMs({ link, receiver }, kind, sent) {
  return retransmissionMs(kind, sent, link.latencyMs + receiver.out.link.latencyMs);
}
/** After the last retransmission: whoever waits for an answer learns that none comes (RFC 1122 section 4.2.3.5). */
function giveUp(direction, kind) {
  const { connection, receiver, sender } = direction;
  direction.drop();
  if (kind === 'ack') receiver.forget();
  else if (kind === 'syn' || kind === 'syn-ack' || kind === 'refusal') connection.client.onReset('ETIMEDOUT');
  else if (kind === 'window') receiver.onReset('ETIMEDOUT');
  else {
    sender.onReset(direction.link.rejection ?? 'ETIMEDOUT');
    sender.forgetReset();
  }
}
