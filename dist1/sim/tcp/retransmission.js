/** The first waiting time of a SYN (RFC 6298 section 2.1), and of data (Linux: TCP_RTO_MIN). */
const FIRST_HANDSHAKE_MS = 1000;
const FIRST_DATA_MS = 200;
/** Linux: TCP_RTO_MAX. */
const LONGEST_MS = 120_000;
/** How often a segment is sent again before the connection is given up. */
export function retriesMax(kind, isOrphan) {
  switch (kind) {
    case 'syn':
    case 'syn-ack':
    case 'refusal':
      return 6;
    case 'ack':
      return 5;
    case 'rst':
    case 'probe':
      return 0;
    default:
      return isOrphan ? 8 : 15;
  }
}
/** How long a sender waits after it has sent a segment for the `sent`-th time, counted from 1, in vain. */
export function retransmissionMs(kind, sent, roundTripMs) {
  const isHandshake = kind === 'syn' || kind === 'syn-ack' || kind === 'ack' || kind === 'refusal';
  const firstMs = isHandshake ? FIRST_HANDSHAKE_MS : Math.max(FIRST_DATA_MS, 2 * roundTripMs);
  return Math.min(LONGEST_MS, firstMs * 2 ** Math.min(sent - 1, 20));
}
