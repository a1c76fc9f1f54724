import { runSoon } from './system-clock.js';
/**
 * Turns a reactor as the machine's events come in, while its `loop()` runs.
 *
 * An I/O event calls `enter`, marks readiness, and calls `leave`: the turn it asked for runs there, so a view of
 * the buffer that was just filled is still good. A turn asked for at any other time comes with the next round of
 * Node's event loop.
 */
export class RealDriver {
  constructor() {
    /** Called after each turn. */
    this.afterTurn = null;
    this.depth = 0;
    this.waiting = null;
    /** Those that wait beside it, where reactors share a driver. */
    this.others = [];
  }
  requestTurn(reactor) {
    if (!reactor.isLooping) return;
    if (this.depth === 0) runSoon(() => this.turn(reactor));
    else if (this.waiting === null) this.waiting = reactor;
    else if (this.waiting !== reactor) this.others.push(reactor);
  }
  /** An I/O event begins. */
  enter() {
    this.depth += 1;
  }
  /** The I/O event has marked what it had to. */
  leave() {
    this.depth -= 1;
    const { waiting } = this;
    if (this.depth > 0 || waiting === null) return;
    this.waiting = null;
    this.turn(waiting);
    while (this.others.length > 0) this.turn(this.others.pop());
  }
  turn(reactor) {
    if (!reactor.isLooping) return;
    reactor.runTurn();
    this.afterTurn?.();
  }
}
