import type { Driver, Reactor } from '../core/reactor.ts';
/**
 * Turns a reactor as the machine's events come in, while its `loop()` runs.
 *
 * An I/O event calls `enter`, marks readiness, and calls `leave`: the turn it asked for runs there, so a view of
 * the buffer that was just filled is still good. A turn asked for at any other time comes with the next round of
 * Node's event loop.
 */
export declare class RealDriver implements Driver {
  /** Called after each turn. */
  afterTurn: (() => void) | null;
  private depth;
  private waiting;
  /** Those that wait beside it, where reactors share a driver. */
  private readonly others;
  requestTurn(reactor: Reactor): void;
  /** An I/O event begins. */
  enter(): void;
  /** The I/O event has marked what it had to. */
  leave(): void;
  private turn;
}
