// When JavaScript has nothing left to do. The driver asks from a setImmediate: nextTick and promise jobs have run dry by then,
// whoever queued them. Left to be known are immediates (each is run within a turn of the loop) and native work of Node's own that ends
// by itself (files, crypto, zlib, names, child processes, WebAssembly): async_hooks tell when they are made and when they
// are over. Once native objects are about (TLS, HTTP/2, zlib), whose callbacks Node itself puts off, quiet takes two turns
// without any activity. Not seen: what addons do in threads of their own. Workers and message ports are seen, but what
// they will send is not: they are named instead of guessed about.
import { type AsyncHook, createHook } from 'node:async_hooks';
import { callSite, noteSite, ProgramError, type Site } from './errors.ts';
import { real } from './real-time.ts';

/**
 * Promise jobs have run dry whenever the driver is called, so promises need not be followed; it costs each of them something.
 * Since Node 24.12; earlier ones follow them all the same.
 */
const WITHOUT_PROMISES: object = { trackPromises: false };

/** Turns of the event loop without activity that count as quiet where native callbacks may be under way. */
const NATIVE_QUIET_TURNS = 2;

/**
 * Rounds of immediates on end after which a program gets what is due at this instant, as from a real event loop, which looks for news
 * before each round. The first round is of those made together with the news before: it comes before the loop looks again.
 */
const POLLING_TURNS = 2;

/** The same, after which time moves, too. More than work cut into immediates takes, as a rule; for a program that polls, some 20 ms. */
const PATIENT_TURNS = 10_000;

/**
 * Real time for which native work may be under way and nothing else happen, after which it is taken to wait for news itself: a named
 * pipe is opened when somebody opens its other end.
 */
const STUCK_MS = 1000;

/** Turns spent waiting for native work before it is asked for less often. */
const BUSY_TURNS = 500;

/** What JavaScript alone queues and runs; the parsers of http are native, but only called, and call back at once. */
const PLAIN = new Set(['TickObject', 'Microtask', 'Timeout', 'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST']);

/** What one write or end of a native stream makes: over with it, and no sign of more to come. */
const PASSING = new Set(['SHUTDOWNWRAP', 'WRITEWRAP']);

/** Native work that begins, and ends with one callback. */
const ONE_SHOT =
  /^(?:FSREQ\w+|FILEHANDLECLOSEREQ|GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP|PROCESSWRAP|(?!HTTP)\w+REQUEST)$/;

/** What Node makes for the real network, in words. */
const ESCAPES: Readonly<Record<string, string>> = {
  TCPCONNECTWRAP: 'a TCP connection',
  TCPSERVERWRAP: 'a listening socket',
  UDPSENDWRAP: 'a datagram',
  QUERYWRAP: 'a question to a name server',
  GETADDRINFOREQWRAP: 'a lookup of a name',
  GETNAMEINFOREQWRAP: 'a lookup of an address',
};

/** Native work under way. */
interface Work {
  readonly kind: string;
  readonly resource: object;
  readonly site: Site;
}

/**
 * A file's bytes on their way into a native stream (http2's respondWithFile) or a Blob (fs.openAsBlob). No callback of its own tells when
 * it is over: what the stream then does tells it, or nothing, if the stream was destroyed. Nobody in JavaScript waits for it, so
 * that it has neither `oncomplete` nor, as by `fs.readFile` since Node 26, `ondone`.
 */
function isNativeRead({ kind, resource }: Work): boolean {
  return kind === 'FSREQCALLBACK' && !('oncomplete' in resource) && !('ondone' in resource);
}

/** A turn of the event loop that is waited for; unreferenced, it keeps no process alive. */
export interface Turn {
  ref(): unknown;
  unref(): unknown;
}

/** A reason given by hand why virtual time must stand still. */
interface Hold {
  readonly reason: string;
  readonly site: Site;
}

/** What the driver may take: nothing, what is due at this instant, or the next event whenever it is due. */
export type Leave = 'nothing' | 'due' | 'next';

export class Quiet {
  private readonly holds = new Set<Hold>();
  /** Call sites of traffic that left the simulation, by what Node made for it. */
  private readonly escapes = new Map<object, string>();
  /** Grows with everything that JavaScript queues. */
  private activity = 0;
  private seen = -1;
  /** Immediates made since `leave` was asked last: those made earlier have run, or were cleared. */
  private immediates = 0;
  /** Turns on end in which there were immediates and no work under way. */
  private pollingTurns = 0;
  private quietTurns = 0;
  private busyTurns = 0;
  /** Since when nothing has happened though native work is under way. */
  private stuckSinceMs: number | null = null;
  private isOwn = false;
  private ownId = -1;
  /** Whether there are native objects whose callbacks cannot be foreseen. */
  private hasNatives = false;
  /** Whether native work was under way since the last quiet. */
  private isSettling = false;
  private isFollowing = false;
  private readonly work = new Map<number, Work>();
  private readonly handles = new Map<number, Site>();
  private readonly threads = new Map<number, Work>();
  private readonly queued: AsyncHook;
  /** Follows native objects, and costs every promise something: enabled only while there are any. */
  private readonly native: AsyncHook;

  constructor() {
    this.queued = createHook({
      ...WITHOUT_PROMISES,
      init: (id, kind, trigger, resource) => this.onInit(id, kind, trigger, resource),
    });
    this.native = createHook({
      ...WITHOUT_PROMISES,
      before: (id) => {
        if (id === this.ownId) return;
        this.activity += 1;
        this.work.delete(id);
        for (const [other, work] of this.work) if (isNativeRead(work)) this.work.delete(other);
        // A worker calls back once: when it has ended.
        if (this.threads.get(id)?.kind === 'WORKER') this.threads.delete(id);
      },
      destroy: (id) => {
        this.work.delete(id);
        this.threads.delete(id);
        this.handles.delete(id);
      },
    });
  }

  start(): void {
    this.queued.enable();
  }

  stop(): void {
    this.queued.disable();
    this.native.disable();
    this.work.clear();
    this.threads.clear();
    this.handles.clear();
  }

  /** Whether something has happened since `leave` was asked last. */
  get hasStirred(): boolean {
    return this.activity !== this.seen;
  }

  /** Whether immediates have been made since `leave` was asked last, and native objects may have made them. */
  get hasNativeImmediates(): boolean {
    return this.hasNatives && this.immediates > 0;
  }

  /** Whether immediates alone keep JavaScript busy. */
  get isPolling(): boolean {
    return this.pollingTurns >= POLLING_TURNS;
  }

  /** Asked from an immediate of each turn of the event loop. Time moves if JavaScript has nothing left to do. */
  leave(): Leave {
    if (this.isQuiet()) {
      this.stuckSinceMs = null;
      return 'next';
    }
    if (this.isStuck()) return 'due';
    if (!this.isPolling) return 'nothing';
    if (this.pollingTurns < PATIENT_TURNS) return 'due';
    this.pollingTurns = 0;
    return 'next';
  }

  private isStuck(): boolean {
    if (this.quietTurns === 0 || this.holds.size > 0) {
      this.stuckSinceMs = null;
      return false;
    }
    this.stuckSinceMs ??= real.nowMs();
    return real.nowMs() - this.stuckSinceMs > STUCK_MS;
  }

  private isQuiet(): boolean {
    this.quietTurns = this.hasStirred ? 0 : this.quietTurns + 1;
    this.seen = this.activity;
    const { immediates } = this;
    this.immediates = 0;
    const isWorking = this.holds.size > 0 || this.hasWork();
    this.pollingTurns = immediates > 0 && !isWorking ? this.pollingTurns + 1 : 0;
    if (immediates > 0) return false;
    if ((this.hasNatives || this.isSettling) && this.quietTurns < NATIVE_QUIET_TURNS) return false;
    if (isWorking) return false;
    // While a thread may have something to say, turns in which nothing happens get slow, too: it needs the processor.
    if (this.threads.size === 0) this.busyTurns = 0;
    this.isSettling = false;
    if (this.isFollowing && !this.hasNatives && this.threads.size === 0) this.follow(false);
    return true;
  }

  /** Calls back in the next turn of the event loop; later, if native work takes long. */
  nextTurn(callback: () => void): Turn {
    this.busyTurns += 1;
    this.isOwn = true;
    const isSlow = this.busyTurns > BUSY_TURNS && this.quietTurns > NATIVE_QUIET_TURNS;
    const turn = isSlow ? real.setTimeout(callback, 1) : real.setImmediate(callback);
    this.isOwn = false;
    return turn;
  }

  /** Calls back once promise jobs and nextTick callbacks have run dry, before the event loop goes on. */
  afterJobs(callback: () => void): void {
    this.owning(() =>
      real.queueMicrotask(() =>
        this.owning(() => process.nextTick(() => this.owning(() => real.queueMicrotask(callback)))),
      ),
    );
  }

  /** What `action` queues is the driver's, not the program's. */
  private owning(action: () => void): void {
    this.isOwn = true;
    action();
    this.isOwn = false;
  }

  /** What quiet waits for, in words. */
  pendingWork(): string[] {
    this.hasWork();
    return [
      ...[...this.work.values()].map(({ kind, site }) => `${kind} begun ${callSite(site.stack)}`),
      ...[...this.holds].map(({ reason, site }) => `${reason} ${callSite(site.stack)}`),
    ];
  }

  /** Workers and message ports that may or may not be about to send something. */
  unknowable(): string[] {
    return [...this.threads.values()]
      .filter(({ resource }) => (resource as { hasRef?: () => boolean }).hasRef?.() !== false)
      .map(
        ({ kind, site }) =>
          `${kind === 'WORKER' ? 'a worker' : 'a MessagePort'}, made ${callSite(site.stack)}`,
      );
  }

  /** Throws ERR_ESCAPED if traffic has left the simulation; `cause` is what came of it, perhaps. */
  expectInside(cause?: unknown): void {
    const [first] = this.escapes.values();
    if (first === undefined) return;
    throw new ProgramError(
      'ERR_ESCAPED',
      `traffic has left the simulation for the real network: ${first}. A copy of one of Node's functions that was taken before the installation is not reached by it (const { lookup } = dns): call it off its module, dns.lookup(…), or install first`,
      { cause },
    );
  }

  /** Throws ERR_UNKNOWABLE if a worker or message port may be about to send something. */
  expectToKnow(): void {
    if (this.threads.size === 0) return;
    const [culprit] = this.unknowable();
    if (culprit === undefined) return;
    throw new ProgramError(
      'ERR_UNKNOWABLE',
      `virtual time cannot move: ${culprit}, may be about to send something, and that cannot be seen. Wrap what waits for it in track(promise), or say allowThreads: true`,
    );
  }

  /** Has virtual time stand still until the function that this gives is called. */
  hold(reason: string, site: Site): () => void {
    const hold: Hold = { reason, site };
    this.holds.add(hold);
    return () => {
      if (this.holds.delete(hold)) this.activity += 1;
    };
  }

  /** Takes back that `resource` is native work, and that it leaves the simulation: it was answered inside. */
  disown(resource: object): void {
    this.escapes.delete(resource);
    for (const [id, work] of this.work) if (work.resource === resource) this.work.delete(id);
  }

  private onInit(id: number, kind: string, trigger: number, resource: object): void {
    // Earlier versions tell of promises all the same.
    if (kind === 'PROMISE') return;
    if (this.isOwn) {
      this.ownId = id;
      return;
    }
    this.activity += 1;
    if (PLAIN.has(kind)) return;
    if (kind === 'Immediate') this.immediates += 1;
    // All capitals are Node's native kinds. A resource of a JavaScript class only borrows the name.
    else if (/^[A-Z]/.test(kind) && !('runInAsyncScope' in resource))
      this.onNative(id, kind, trigger, resource);
  }

  private onNative(id: number, kind: string, trigger: number, resource: object): void {
    this.follow(true);
    this.isSettling = true;
    if (kind === 'WORKER' || kind === 'MESSAGEPORT')
      this.threads.set(id, { kind, resource, site: noteSite() });
    else if (ONE_SHOT.test(kind)) this.work.set(id, { kind, resource, site: noteSite() });
    else if (!PASSING.has(kind)) this.hasNatives = true;
    if (kind === 'ZLIB') this.watchStream(id, resource as { write(...args: unknown[]): unknown });
    // A connect by name is made later; the handle it is made on tells who asked for it.
    if (kind === 'TCPWRAP') this.handles.set(id, noteSite());
    if (kind in ESCAPES) {
      const site = this.handles.get(trigger) ?? noteSite();
      this.escapes.set(resource, `${ESCAPES[kind]}, made ${callSite(site.stack)}`);
    }
  }

  private follow(isWanted: boolean): void {
    if (this.isFollowing === isWanted) return;
    this.isFollowing = isWanted;
    if (isWanted) this.native.enable();
    else this.native.disable();
  }

  /** A compression stream lives long; each write to it is a piece of work, over with the callback after it. */
  private watchStream(id: number, handle: { write(...args: unknown[]): unknown }): void {
    const { write } = handle;
    handle.write = (...args) => {
      this.work.set(id, { kind: 'ZLIB', resource: handle, site: noteSite() });
      return write.apply(handle, args);
    };
  }

  private hasWork(): boolean {
    for (const [id, { kind, resource }] of this.work) {
      // A synchronous job of crypto is made like an asynchronous one, but nobody waits for it.
      if (kind.endsWith('REQUEST') && !('ondone' in resource)) this.work.delete(id);
      else if (this.busyTurns > BUSY_TURNS && isNativeRead(this.work.get(id)!)) this.work.delete(id);
    }
    return this.work.size > 0;
  }
}
