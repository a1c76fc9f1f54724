// An endpoint as a stream sees it: start and stop reading, write, shut down, close, reset. This is the whole
// boundary between net's façade and the transport; partial delivery, delay and resets happen behind it.
import {
  type Address,
  type ConnectOptions,
  END_OF_STREAM,
  type Endpoint,
  type KeepAliveOptions,
  Readiness,
  type Transport,
  TransportError,
  WOULD_BLOCK,
} from '../core/index.ts';
import { describeAddress, HandleSurface } from './handle-surface.ts';

/** As libuv suggests to Node. */
const READ_SIZE_BYTES = 65536;

/** What a handle tells its stream. */
export interface StreamOwner {
  /** How many bytes at most it takes at once; undefined for the handle's own choice. */
  readonly readSizeBytes?: number | undefined;
  /** `bytes` is a view, valid until this returns. */
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  /** Reading met an error; the connection is over. */
  onReadError(code: string): void;
}

/** `code` is an errno name, or null for success. */
export type Completion = (code: string | null) => void;

export class StreamHandle extends HandleSurface {
  /** Whether this is a Unix-domain connection. */
  readonly isPath: boolean;
  /** Whether bytes and the end of stream are handed over as they come. */
  isReading = false;
  bytesRead = 0;
  /** Bytes given to `write`, whether or not the transport has taken them yet. */
  bytesWritten = 0;
  /** Whether small writes leave at once. Simulated connections delay them where buffers are apart. */
  hasNoDelay = false;
  hasKeepAlive = false;
  owner: StreamOwner | null = null;
  private endpoint: Endpoint | null = null;
  private onConnected: ((error: TransportError | null) => void) | null = null;
  private bytesAccepted = 0;
  private unsent: Uint8Array[] = [];
  private onWritten: Completion | null = null;
  private keepAlive: KeepAliveOptions = {};
  private hasEnded = false;
  /**
   * The last bytes before a reset came in a portion that its buffer had room for: libuv before 1.52 (Node 20 and 22) tells a reader
   * who goes on of the end of stream then, and not of the reset (uv__stream_io; docs/discoveries/reset-read-as-end.md).
   */
  private isCutShort = false;
  private hasFailed = false;
  private isShuttingDown = false;
  private isClosed = false;

  constructor(options: { readonly isPath: boolean; readonly endpoint?: Endpoint }) {
    super(options.isPath ? 'PIPEWRAP' : 'TCPWRAP');
    this.isPath = options.isPath;
    if (options.endpoint !== undefined) this.adopt(options.endpoint);
  }

  /** Whether it waits for anything. */
  get isActive(): boolean {
    return this.isReading || this.onWritten !== null || this.onConnected !== null;
  }

  /** As Node's handles call `isReading`; told by `readStart` and `readStop` alone. */
  get reading(): boolean {
    return this.isReading;
  }

  set reading(_isReading: boolean) {}

  getpeername(out: object): number {
    return describeAddress(this.remoteAddress, out);
  }

  /** Bytes given to `write` that still wait for the transport. */
  get queueSizeBytes(): number {
    return this.bytesWritten - this.bytesAccepted;
  }

  /** This end's address; while it connects, if the transport knows it then. */
  get localAddress(): Address | null {
    if (this.isPath || this.endpoint === null) return null;
    return this.endpoint.localAddress ?? this.endpoint.boundAddress ?? null;
  }

  /** The peer's address while connected, else null: the kernel forgets it with a reset (getpeername(2), ENOTCONN). */
  get remoteAddress(): Address | null {
    const { endpoint } = this;
    if (endpoint === null || this.hasFailed || (endpoint.readiness & BROKEN_NEWS) !== 0) return null;
    return endpoint.remoteAddress;
  }

  connect(
    transport: Transport,
    target: { readonly remote: Address; readonly options: ConnectOptions },
    callback: (error: TransportError | null) => void,
  ): void {
    this.onConnected = callback;
    this.adopt(transport.connect(target.remote, target.options));
  }

  /** What is there already is handed over when the event loop looks next. */
  readStart(): void {
    this.isReading = true;
    if (this.endpoint !== null && (this.endpoint.readiness & READ_NEWS) !== 0) this.requestServiceNextRound();
  }

  readStop(): void {
    this.isReading = false;
    // A write that waits on a broken connection left the news to the reader.
    if (this.onWritten !== null && this.hasBroken()) this.requestServiceLater();
  }

  /**
   * Sends `chunks`, all of them. Returns true if the transport took everything at once, and the code of an error
   * met at once; else false, and `callback` is called later, with ECANCELED if the handle was closed first.
   */
  write(chunks: readonly Uint8Array[], callback: Completion): boolean | string {
    // Several chunks are one system call (writev), and leave as one segment if they fit.
    const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    this.bytesWritten += bytes.length;
    if (bytes.length > 0) this.unsent.push(bytes);
    const failure = this.flush();
    if (failure !== null) return failure;
    if (this.unsent.length === 0) return true;
    this.onWritten = callback;
    return false;
  }

  /**
   * Sends the end of stream; nothing is being written at this moment. As libuv (uv_shutdown), once the current callback and all
   * that it queued is done: what closes the handle until then goes first.
   */
  shutdown(callback: () => void): void {
    this.isShuttingDown = true;
    this.deferLater(() => {
      this.isShuttingDown = false;
      if (!this.isClosed) this.endpoint?.shutdownWrite();
      callback();
    });
  }

  setNoDelay(enable: boolean): void {
    this.hasNoDelay = enable;
    this.endpoint?.setNoDelay?.(enable);
  }

  /** As libuv (uv_tcp_keepalive): ten questions, a second apart; without a delay the system's own times. */
  setKeepAlive(enable: boolean, delaySeconds: number): void {
    this.hasKeepAlive = enable;
    this.keepAlive = delaySeconds < 1 ? {} : { idleMs: delaySeconds * 1000, intervalMs: 1000, count: 10 };
    this.endpoint?.setKeepAlive?.(enable ? this.keepAlive : null);
  }

  /**
   * Closes as close(2) does, or with a reset; `callback` is called from the event loop's closing phase. Returns the code of what
   * forbids it, else null: while the end of stream is on its way out libuv refuses to reset (uv_tcp_close_reset), and then
   * nothing is closed.
   */
  close(callback?: () => void, isReset = false): string | null {
    if (isReset && this.isShuttingDown) return 'EINVAL';
    this.release(isReset, callback);
    return null;
  }

  protected override serve(): void {
    if (this.endpoint === null || this.isClosed) return;
    if (this.onConnected !== null) {
      this.serveConnect(this.endpoint, this.onConnected);
      return;
    }
    try {
      if (this.isReading) this.serveRead(this.endpoint);
      else this.isCutShort = false;
    } finally {
      if (this.onWritten !== null && !this.isClosed) this.serveWrite(this.onWritten);
    }
  }

  private adopt(endpoint: Endpoint): void {
    this.endpoint = endpoint;
    endpoint.watcher = this;
    endpoint.setNoDelay?.(this.hasNoDelay);
    if (this.hasKeepAlive) endpoint.setKeepAlive?.(this.keepAlive);
    if (endpoint.readiness !== 0) this.requestService();
  }

  private release(isReset: boolean, callback: (() => void) | undefined): void {
    this.isReading = false;
    this.owner = null;
    this.onConnected = null;
    const { onWritten } = this;
    if (onWritten !== null) this.deferToEnd(() => onWritten('ECANCELED'));
    this.onWritten = null;
    this.unsent = [];
    if (!this.isClosed) {
      this.isClosed = true;
      if (isReset) this.endpoint?.abort();
      this.endpoint?.close();
    }
    if (callback !== undefined) this.deferToEnd(callback);
  }

  private serveConnect(endpoint: Endpoint, callback: (error: TransportError | null) => void): void {
    if ((endpoint.readiness & Readiness.OPEN) !== 0) {
      this.onConnected = null;
      callback(null);
    } else if ((endpoint.readiness & Readiness.FAILED) !== 0) {
      this.onConnected = null;
      this.hasFailed = true;
      callback(endpoint.takeError() ?? new TransportError('ECONNRESET', { syscall: 'connect' }));
    }
  }

  /** Hands over one portion: between two of them Node drains what the first one queued. */
  private serveRead(endpoint: Endpoint): void {
    const { readiness } = endpoint;
    if (this.isCutShort) {
      this.isCutShort = false;
      this.hasEnded = true;
      this.owner?.onEnd();
    } else if ((readiness & Readiness.READABLE) !== 0 && !this.hasEnded) {
      const sizeBytes = this.owner?.readSizeBytes ?? READ_SIZE_BYTES;
      // What comes together with these bytes is seen below.
      endpoint.watcher = null;
      const received = endpoint.recv(sizeBytes);
      endpoint.watcher = this;
      if (received === WOULD_BLOCK) return;
      let isPartial = false;
      try {
        if (received === END_OF_STREAM) {
          this.hasEnded = true;
          this.owner?.onEnd();
        } else {
          isPartial = received.length < sizeBytes;
          this.isCutShort = ENDS_CUT_SHORT && isPartial && (endpoint.readiness & BROKEN_NEWS) !== 0;
          this.bytesRead += received.length;
          this.owner?.onBytes(received);
        }
      } finally {
        this.requestMore(endpoint, isPartial);
      }
    } else if ((readiness & Readiness.FAILED) !== 0 && !this.hasFailed) {
      this.owner?.onReadError(this.takeFailure(endpoint));
    }
  }

  /** libuv reads on as long as portions fill its buffer (uv__read); after one that does not, it asks the system first. */
  private requestMore(endpoint: Endpoint, isPartial: boolean): void {
    if (this.isCutShort) this.requestServiceLater();
    else if (!this.isReading || (endpoint.readiness & READ_NEWS) === 0) return;
    else if (isPartial) this.requestServiceNextRound();
    else this.requestServiceLater();
  }

  private serveWrite(callback: Completion): void {
    const failure = this.flush();
    if (failure === null && this.unsent.length > 0) return;
    this.onWritten = null;
    callback(failure);
  }

  /** Gives the transport what it takes. Returns the code of what broke the connection, else null. */
  private flush(): string | null {
    const { endpoint, unsent } = this;
    if (this.isClosed) return 'EBADF';
    if (endpoint === null || this.hasFailed) return 'EPIPE';
    // Also a write of nothing finds a connection broken.
    if (unsent.length === 0) {
      endpoint.send(NOTHING);
      if (this.hasBroken()) return this.takeFailure(endpoint);
    }
    while (unsent.length > 0) {
      const accepted = endpoint.send(unsent[0]);
      this.bytesAccepted += accepted;
      if (accepted === unsent[0].length) unsent.shift();
      else if (accepted > 0) unsent[0] = unsent[0].subarray(accepted);
      else if (this.hasBroken()) return this.takeFailure(endpoint);
      else break;
      if (unsent.length > 0 && (endpoint.readiness & Readiness.WRITABLE) === 0) break;
    }
    return null;
  }

  /** Whether a write would fail. While somebody reads, what was received comes first, and then the reader is told. */
  private hasBroken(): boolean {
    const bits = this.isReading ? Readiness.FAILED : Readiness.FAILED | Readiness.BROKEN;
    return this.endpoint !== null && (this.endpoint.readiness & bits) !== 0;
  }

  private takeFailure(endpoint: Endpoint): string {
    this.hasFailed = true;
    this.unsent = [];
    return endpoint.takeError()?.code ?? 'ECONNRESET';
  }
}

const NOTHING = new Uint8Array(0);

const ENDS_CUT_SHORT = isBefore(process.versions.uv, 52);

const BROKEN_NEWS = Readiness.FAILED | Readiness.BROKEN;

const READ_NEWS = Readiness.READABLE | Readiness.FAILED;

/** Whether a version of libuv, which has been at 1 for long, is before its given minor version. */
function isBefore(version: string, minor: number): boolean {
  const [major, own] = version.split('.').map(Number);
  return major < 1 || (major === 1 && own < minor);
}
