import type { Driver, Reactor } from '../core/reactor.ts';
import { runSoon } from './system-clock.ts';

/**
 * Turns a reactor as the machine's events come in, while its `loop()` runs.
 *
 * An I/O event calls `enter`, marks readiness, and calls `leave`: the turn it asked for runs there, so a view of
 * the buffer that was just filled is still good. A turn asked for at any other time comes with the next round of
 * Node's event loop.
 */
export class RealDriver implements Driver {
  /** Called after each turn. */
  afterTurn: (() => void) | null = null;
  private depth = 0;
  private waiting: Reactor[] = [];

  requestTurn(reactor: Reactor): void {
    if (!reactor.isLooping) return;
    if (this.depth > 0) this.waiting.push(reactor);
    else runSoon(() => this.turn(reactor));
  }

  /** An I/O event begins. */
  enter(): void {
    this.depth += 1;
  }

  /** The I/O event has marked what it had to. */
  leave(): void {
    this.depth -= 1;
    if (this.depth > 0) return;
    while (this.waiting.length > 0) this.turn(this.waiting.pop()!);
  }

  private turn(reactor: Reactor): void {
    if (!reactor.isLooping) return;
    reactor.runTurn();
    this.afterTurn?.();
  }
}
