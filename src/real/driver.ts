import type { Driver, Reactor } from '../core/reactor.ts';
import { runSoon } from './system-clock.ts';

/**
 * Turns a reactor as the machine's events come in, while its `loop()` runs.
 *
 * An I/O event calls `enter`, marks readiness, and calls `leave`: the turn it asked for runs there, so a view of
 * the buffer that was just filled is still good, and so does the turn that this one asks for. A turn asked for at any
 * other time comes with the next round of Node's event loop.
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
    try {
      if (this.depth === 1) this.turnWaiting();
    } finally {
      this.depth -= 1;
    }
    // What these turns ask for comes with the next round: a program that always asks must not starve the others.
    if (this.depth === 0) this.turnWaiting();
  }

  private turnWaiting(): void {
    const { waiting } = this;
    if (waiting === null) return;
    this.waiting = null;
    if (this.others.length === 0) {
      this.turn(waiting);
      return;
    }
    const others = this.others.splice(0);
    this.turn(waiting);
    for (const other of others) this.turn(other);
  }

  private turn(reactor: Reactor): void {
    if (!reactor.isLooping) return;
    reactor.runTurn();
    this.afterTurn?.();
  }
}
