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
  private waiting: Reactor | null = null;
  /** Those that wait beside it, where reactors share a driver. */
  private readonly others: Reactor[] = [];

  requestTurn(reactor: Reactor): void {
    if (!reactor.isLooping) return;
    if (this.depth === 0) runSoon(() => this.turn(reactor));
    else if (this.waiting === null) this.waiting = reactor;
    else if (this.waiting !== reactor) this.others.push(reactor);
  }

  /** An I/O event begins. */
  enter(): void {
    this.depth += 1;
  }

  /** The I/O event has marked what it had to. */
  leave(): void {
    this.depth -= 1;
    const { waiting } = this;
    if (this.depth > 0 || waiting === null) return;
    this.waiting = null;
    this.turn(waiting);
    while (this.others.length > 0) this.turn(this.others.pop()!);
  }

  private turn(reactor: Reactor): void {
    if (!reactor.isLooping) return;
    reactor.runTurn();
    this.afterTurn?.();
  }
}
