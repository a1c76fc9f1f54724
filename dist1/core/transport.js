/** `recv`: nothing to hand over yet. Readiness tells when there is. */
export const WOULD_BLOCK = null;
/** `recv`: the peer has ended its direction, and every byte before that has been handed over. */
export const END_OF_STREAM = Symbol('end of stream');
/** Whether `recv` gave bytes. */
export function isBytes(received) {
  return received !== WOULD_BLOCK && typeof received !== 'symbol';
}
/** Readiness is a set of bits, and level-triggered: a bit stays set as long as it is true. */
export const Readiness = {
  /** `recv` would give bytes or the end of stream; on a listener, `accept` would give a connection. */
  READABLE: 1,
  /** `send` would accept at least one byte. */
  WRITABLE: 2,
  /** `takeError` has an error. Set only once every byte received before the error has been handed over. */
  FAILED: 4,
  /** The connection has been established (endpoint), or the address is bound (listener). Stays set. */
  OPEN: 8,
  /** Urgent data has arrived. Only the simulation can produce it. */
  URGENT: 16,
  /**
   * The connection has failed, and bytes received before are still to be handed over. Nothing can be sent any more;
   * `takeError` has the error already. FAILED takes its place once those bytes are handed over.
   */
  BROKEN: 32,
};
