// A transport whose readiness the test drives by hand, and a clock that stands still until told. Nothing here is
// a model of TCP: it says what it is told to say, so that one handler call of the core can be pinned at a time.
import {
  type Accepted,
  type Address,
  type Clock,
  type Driver,
  END_OF_STREAM,
  type Endpoint,
  type Listener,
  Reactor,
  type ReactorOptions,
  Readiness,
  type Received,
  type Timer,
  type Transport,
  TransportError,
  type Watcher,
  WOULD_BLOCK,
} from '../../src/core/index.ts';

export const PEER: Address = { host: '10.0.0.2', port: 4242 };
export const HERE: Address = { host: '10.0.0.1', port: 80 };

abstract class ScriptedSource {
  watcher: Watcher | null = null;
  isClosed = false;
  protected error: TransportError | null = null;
  protected isOpen = false;

  get readiness(): number {
    return this.isClosed ? 0 : this.bits();
  }

  protected abstract bits(): number;

  takeError(): TransportError | null {
    const { error } = this;
    this.error = null;
    return error;
  }

  close(): void {
    this.isClosed = true;
  }

  /** Test: the connection is established, or the address bound. */
  open(): this {
    this.isOpen = true;
    return this.tell();
  }

  /** Test: the source fails with this code. */
  fail(code: string): this {
    this.error = new TransportError(code);
    return this.tell();
  }

  protected tell(): this {
    if (!this.isClosed) this.watcher?.onReadiness();
    return this;
  }
}

export class ScriptedEndpoint extends ScriptedSource implements Endpoint {
  localAddress: Address | null = HERE;
  remoteAddress: Address | null = PEER;
  /** What was accepted from the channel, in order. */
  readonly sends: string[] = [];
  isAborted = false;
  hasShutdown = false;
  private inbox: Uint8Array[] = [];
  private hasEnded = false;
  private windowBytes = Number.POSITIVE_INFINITY;
  private urgent: number | null = null;

  /** Everything accepted from the channel, in one piece. */
  get sent(): string {
    return this.sends.join('');
  }

  protected bits(): number {
    let bits = this.isOpen ? Readiness.OPEN : 0;
    if (this.inbox.length > 0 || this.hasEnded) bits |= Readiness.READABLE;
    if (this.isOpen && this.windowBytes > 0 && this.error === null) bits |= Readiness.WRITABLE;
    if (this.error !== null) bits |= this.inbox.length === 0 ? Readiness.FAILED : Readiness.BROKEN;
    if (this.urgent !== null) bits |= Readiness.URGENT;
    return bits;
  }

  recv(sizeBytes: number): Received {
    const [first] = this.inbox;
    if (sizeBytes === 0) return new Uint8Array(0);
    if (first === undefined) return this.hasEnded ? END_OF_STREAM : WOULD_BLOCK;
    if (first.length > sizeBytes) this.inbox[0] = first.subarray(sizeBytes);
    else this.inbox.shift();
    return first.subarray(0, sizeBytes);
  }

  send(data: Uint8Array): number {
    if (this.error !== null) return 0;
    const accepted = Math.min(data.length, this.windowBytes);
    this.windowBytes -= accepted;
    if (accepted > 0) this.sends.push(new TextDecoder().decode(data.subarray(0, accepted)));
    return accepted;
  }

  shutdownWrite(): void {
    this.hasShutdown = true;
  }

  abort(): void {
    this.isAborted = true;
    this.isClosed = true;
  }

  takeUrgent(): number | null {
    const { urgent } = this;
    this.urgent = null;
    return urgent;
  }

  /** Test: these bytes arrive. */
  receive(data: string | Uint8Array): this {
    this.inbox.push(typeof data === 'string' ? new TextEncoder().encode(data) : data);
    return this.tell();
  }

  /** Test: the peer ends its direction. */
  end(): this {
    this.hasEnded = true;
    return this.tell();
  }

  /** Test: from now on this many bytes are accepted. */
  window(sizeBytes: number): this {
    this.windowBytes = sizeBytes;
    return this.tell();
  }

  /** Test: an urgent byte arrives. */
  receiveUrgent(byte: number): this {
    this.urgent = byte;
    return this.tell();
  }

  /** Test: the channel is looked at although nothing is ready. */
  wakeUp(): this {
    return this.tell();
  }
}

export class ScriptedListener extends ScriptedSource implements Listener {
  localAddress: Address | null = HERE;
  private waiting: Accepted[] = [];

  protected bits(): number {
    let bits = this.isOpen ? Readiness.OPEN : 0;
    if (this.waiting.length > 0) bits |= Readiness.READABLE;
    if (this.error !== null) bits |= Readiness.FAILED;
    return bits;
  }

  accept(): Accepted | null {
    return this.waiting.shift() ?? null;
  }

  /** Test: a connection waits to be accepted. */
  arrive(endpoint = new ScriptedEndpoint().open()): ScriptedEndpoint {
    this.waiting.push({ endpoint, address: PEER });
    this.tell();
    return endpoint;
  }
}

/** Time that passes only when the test says so. */
export class ScriptedClock implements Clock {
  private nowMs = 0;
  private timers: { atMs: number; callback: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer = { atMs: this.nowMs + delayMs, callback };
    this.timers.push(timer);
    const cancel = (): void => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
    return { cancel };
  }

  get pendingCount(): number {
    return this.timers.length;
  }

  /** Lets this much time pass, and fires what is due, earliest first. */
  advance(durationMs: number): void {
    const untilMs = this.nowMs + durationMs;
    for (;;) {
      const due = this.timers.filter((timer) => timer.atMs <= untilMs);
      if (due.length === 0) break;
      const next = due.reduce((first, timer) => (timer.atMs < first.atMs ? timer : first));
      this.timers.splice(this.timers.indexOf(next), 1);
      this.nowMs = next.atMs;
      next.callback();
    }
    this.nowMs = untilMs;
  }
}

export class World implements Transport, Driver {
  readonly clock = new ScriptedClock();
  readonly reactor: Reactor;
  /** What was connected, in order. */
  readonly endpoints: ScriptedEndpoint[] = [];
  readonly listeners: ScriptedListener[] = [];
  readonly logged: string[] = [];
  readonly uncaught: unknown[] = [];
  isTurnRequested = false;

  constructor(options: Partial<ReactorOptions> = {}) {
    this.reactor = new Reactor({
      transport: this,
      clock: this.clock,
      driver: this,
      log: (message, type) => this.logged.push(`${type}: ${message}`),
      onUncaught: (error) => this.uncaught.push(error),
      ...options,
    });
  }

  connect(): ScriptedEndpoint {
    const endpoint = new ScriptedEndpoint();
    this.endpoints.push(endpoint);
    return endpoint;
  }

  listen(): ScriptedListener {
    const listener = new ScriptedListener();
    this.listeners.push(listener);
    return listener;
  }

  openFile(): ScriptedEndpoint {
    return this.connect().open();
  }

  /** While a loop runs, turns follow as microtasks; without one the test calls `turns()`. */
  requestTurn(): void {
    this.isTurnRequested = true;
    if (this.reactor.isLooping) queueMicrotask(() => this.turnIfLooping());
  }

  private turnIfLooping(): void {
    if (!this.reactor.isLooping || !this.isTurnRequested) return;
    this.isTurnRequested = false;
    this.reactor.runTurn();
  }

  /** Does the turns that were asked for, up to a bound; returns how many. */
  turns(bound = 100): number {
    let count = 0;
    while (this.isTurnRequested) {
      if (count === bound)
        throw new Error(`the reactor still asks for a turn after ${bound} turns: it spins`);
      this.isTurnRequested = false;
      this.reactor.turn();
      count += 1;
    }
    return count;
  }
}
