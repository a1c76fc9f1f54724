import {
  type Address,
  type ConnectOptions,
  type Endpoint,
  type Transport,
  TransportError,
} from '../core/index.ts';
import { HandleSurface } from './handle-surface.ts';
/** What a handle tells its stream. */
export interface StreamOwner {
  /** How many bytes at most it takes at once; undefined for the handle's own choice. */
  readonly readSizeBytes?: number;
  /** `bytes` is a view, valid until this returns. */
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  /** Reading met an error; the connection is over. */
  onReadError(code: string): void;
}
/** `code` is an errno name, or null for success. */
export type Completion = (code: string | null) => void;
export declare class StreamHandle extends HandleSurface {
  /** Whether this is a Unix-domain connection. */
  readonly isPath: boolean;
  /** Whether bytes and the end of stream are handed over as they come. */
  isReading: boolean;
  bytesRead: number;
  /** Bytes given to `write`, whether or not the transport has taken them yet. */
  bytesWritten: number;
  /** Whether small writes leave at once. Simulated connections delay them where buffers are apart. */
  hasNoDelay: boolean;
  hasKeepAlive: boolean;
  owner: StreamOwner | null;
  private endpoint;
  private onConnected;
  private bytesAccepted;
  private unsent;
  private onWritten;
  private keepAlive;
  private hasEnded;
  /**
   * The last bytes before a reset came in a portion that its buffer had room for: libuv before 1.52 (Node 20 and 22) tells a reader
   * who goes on of the end of stream then, and not of the reset (uv__stream_io; docs/discoveries/reset-read-as-end.md).
   */
  private isCutShort;
  private hasFailed;
  private isShuttingDown;
  private isClosed;
  constructor(options: {
    readonly isPath: boolean;
    readonly endpoint?: Endpoint;
  });
  /** Whether it waits for anything. */
  get isActive(): boolean;
  /** As Node's handles call `isReading`; told by `readStart` and `readStop` alone. */
  get reading(): boolean;
  set reading(_isReading: boolean);
  getpeername(out: object): number;
  /** Bytes given to `write` that still wait for the transport. */
  get queueSizeBytes(): number;
  /** This end's address once open, else null. */
  get localAddress(): Address | null;
  /** The peer's address while connected, else null: the kernel forgets it with a reset (getpeername(2), ENOTCONN). */
  get remoteAddress(): Address | null;
  connect(
    transport: Transport,
    target: {
      readonly remote: Address;
      readonly options: ConnectOptions;
    },
    callback: (error: TransportError | null) => void,
  ): void;
  /** What is there already is handed over when the event loop looks next. */
  readStart(): void;
  readStop(): void;
  /**
   * Sends `chunks`, all of them. Returns true if the transport took everything at once, and the code of an error
   * met at once; else false, and `callback` is called later, with ECANCELED if the handle was closed first.
   */
  write(chunks: readonly Uint8Array[], callback: Completion): boolean | string;
  /**
   * Sends the end of stream; nothing is being written at this moment. As libuv (uv_shutdown), once the current callback and all
   * that it queued is done: what closes the handle until then goes first.
   */
  shutdown(callback: () => void): void;
  setNoDelay(enable: boolean): void;
  /** As libuv (uv_tcp_keepalive): ten questions, a second apart; without a delay the system's own times. */
  setKeepAlive(enable: boolean, delaySeconds: number): void;
  /**
   * Closes as close(2) does, or with a reset; `callback` is called from the event loop's closing phase. Returns the code of what
   * forbids it, else null: while the end of stream is on its way out libuv refuses to reset (uv_tcp_close_reset), and then
   * nothing is closed.
   */
  close(callback?: () => void, isReset?: boolean): string | null;
  protected serve(): void;
  private adopt;
  private release;
  private serveConnect;
  /** Hands over one portion: between two of them Node drains what the first one queued. */
  private serveRead;
  /** libuv reads on as long as portions fill its buffer (uv__read); after one that does not, it asks the system first. */
  private requestMore;
  private serveWrite;
  /** Gives the transport what it takes. Returns the code of what broke the connection, else null. */
  private flush;
  /** Whether a write would fail. While somebody reads, what was received comes first, and then the reader is told. */
  private hasBroken;
  private takeFailure;
}
