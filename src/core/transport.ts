// The interface that both backends implement. Nothing here calls a program: a backend only marks readiness
// and says so to the watcher; who is called, and when, is the reactor's business.
import type { Address } from './address.ts';
import type { TransportError } from './errors.ts';

/** `recv`: nothing to hand over yet. Readiness tells when there is. */
export const WOULD_BLOCK = null;

/** `recv`: the peer has ended its direction, and every byte before that has been handed over. */
export const END_OF_STREAM: unique symbol = Symbol('end of stream');

export type Received = Uint8Array | typeof WOULD_BLOCK | typeof END_OF_STREAM;

/** Whether `recv` gave bytes. */
export function isBytes(received: Received): received is Uint8Array {
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
} as const;

/** Who is told that an endpoint's readiness has gained a bit. One watcher an endpoint: identity, never a number. */
export interface Watcher {
  /** Must only note the fact; it never runs a handler. */
  onReadiness(): void;
}

/** What a reactor can watch: an endpoint or a listener. */
export interface Source {
  /** A union of Readiness bits, true at this moment. */
  readonly readiness: number;
  watcher: Watcher | null;
  /** The error that ended this source, or that an accept met; reading it clears it. Null if there is none. */
  takeError(): TransportError | null;
  /** Releases the source. Idempotent. Afterwards readiness is 0 and the watcher hears nothing more. */
  close(): void;
}

/** One end of a byte stream: a connection, or a file. */
export interface Endpoint extends Source {
  /**
   * Up to `sizeBytes` bytes; never an empty array unless `sizeBytes` is 0.
   *
   * The bytes are a view of the backend's own buffer: valid until the handler that received them returns.
   * Copy what you keep. Handing a view to `send` is always allowed.
   */
  recv(sizeBytes: number): Received;
  /**
   * Returns how many bytes from the start of `data` were accepted; 0 means "would block" or "broken", and
   * readiness tells which. Accepted bytes belong to the transport: `data` may be changed right afterwards, unless it
   * is a view that `recv` gave.
   */
  send(data: Uint8Array): number;
  /** The urgent byte that has arrived, which clears URGENT; null if there is none. Only the simulation has it. */
  takeUrgent?(): number | null;
  /** Sends `byte` as urgent data. Only the simulation has it. */
  sendUrgent?(byte: number): void;
  /**
   * Whether a small segment leaves at once, although one before it is not acknowledged (TCP_NODELAY, tcp(7)). Default true. In the
   * simulation it matters where buffers are apart. Files and pipes have none.
   */
  setNoDelay?(isOn: boolean): void;
  /** Asks a silent peer whether it is still there; null stops that. Only the simulation has it. */
  setKeepAlive?(options: KeepAliveOptions | null): void;
  /** Sends the end of stream after the bytes accepted so far. Idempotent; the other direction goes on. */
  shutdownWrite(): void;
  /** Ends the connection at once with a reset (RST), dropping what was not yet delivered. Idempotent. */
  abort(): void;
  /**
   * Ends both directions as close(2) does: bytes accepted so far and the end of stream are still delivered,
   * unless received bytes were left unread, which makes it a reset (RFC 2525 section 2.17, as on Linux).
   */
  close(): void;
  /** This end's address once open, else null. */
  readonly localAddress: Address | null;
  /** What this end is bound to while it connects, as getsockname(2) tells it then. Only the simulation knows. */
  readonly boundAddress?: Address | null;
  /** The peer's address once open, else null. */
  readonly remoteAddress: Address | null;
}

/** When a silent peer is asked, and when it is given up with ETIMEDOUT: after idle + interval · count (tcp(7)). */
export interface KeepAliveOptions {
  /** Time without anything from the peer. Default 7,200,000 (TCP_KEEPIDLE: two hours). */
  readonly idleMs?: number;
  /** Between two questions. Default 75,000 (TCP_KEEPINTVL). */
  readonly intervalMs?: number;
  /** Questions without an answer. Default 9 (TCP_KEEPCNT). */
  readonly count?: number;
}

export interface Accepted {
  readonly endpoint: Endpoint;
  /** The peer's address, as known when the connection was accepted. */
  readonly address: Address;
}

/** A listening address. OPEN once bound; FAILED if binding failed (then it is over) or an accept failed (it goes on). */
export interface Listener extends Source {
  /** The next established connection, already open, or null if there is none, or if accepting failed: then FAILED is set. */
  accept(): Accepted | null;
  /** Resets the connections that wait to be accepted. Only the simulation has it; libuv does so when it is out of descriptors. */
  shed?(): void;
  /**
   * The address bound, with its real port, else null. A backend that knows it earlier than OPEN says it earlier: Node's
   * programs ask right after `listen()`.
   */
  readonly localAddress: Address | null;
}

export interface ConnectOptions {
  /** The local address to bind first; the system's choice by default. */
  readonly local?: { readonly host?: string; readonly port?: number };
  /** 4 or 6 restricts what a name may resolve to; 0, the default, takes either. */
  readonly family?: 0 | 4 | 6;
}

export interface ListenOptions {
  /** Connections that may wait to be accepted, at least 1. Default 511, as in Node. */
  readonly backlog?: number;
  /** For `::` only: whether IPv4 is left out. Default false: dual stack, as in Node. */
  readonly ipv6Only?: boolean;
  /** For a path only: whether the caller shows it in a file system of its own, and answers for it there. Default false. */
  readonly isPathPlaced?: boolean;
}

export interface OpenFileOptions {
  /** `r` reads from the start, `w` truncates and writes, `a` appends, `r+` reads and writes. Default `r`. */
  readonly flags?: 'r' | 'w' | 'a' | 'r+' | 'w+' | 'a+';
}

/** One answer of `Transport.resolve`. */
export interface ResolvedAddress {
  /** An IPv4 or IPv6 address. */
  readonly address: string;
  readonly family: 4 | 6;
}

/** Makes endpoints and listeners. Bad arguments throw; what the world answers arrives as readiness, never before the call returns. */
export interface Transport {
  connect(remote: Address, options?: ConnectOptions): Endpoint;
  listen(local: Address, options?: ListenOptions): Listener;
  /** A file as an endpoint. A descriptor given by number stays the caller's: the endpoint keeps a handle of its own. */
  openFile(file: string | number, options?: OpenFileOptions): Endpoint;
  /**
   * The addresses of a name, in the order in which to try them; `family` 4 or 6 restricts them, 0 takes either. An
   * unknown name is ENOTFOUND. Never calls back before it returns. Only programs that resolve by themselves need it.
   */
  resolve?(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void;
}
