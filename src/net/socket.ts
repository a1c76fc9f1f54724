// net.Socket over a stream handle. Events and their order follow Node's documentation of net.Socket and, where
// that is silent, what Node 20 does.
import { addAbortSignal, Duplex } from 'node:stream';
import {
  checkFunction,
  checkNumber,
  checkString,
  checkTimerDuration,
  normalizeArguments,
} from './arguments.ts';
import { CONTEXT, type NetContext } from './context.ts';
import { Dial, type DialOptions } from './dial.ts';
import { IdleTimer } from './idle-timer.ts';
import { errnoError, nodeError } from './node-errors.ts';
import { captureOrigin, type Origin } from './open-handle.ts';
import { OpenSocket } from './open-socket.ts';
import { type QueuedChunk, toBytes } from './queued-chunk.ts';
import { SocketInfo } from './socket-info.ts';
import { keepAliveSeconds, type SocketOptions, socketOptions, streamOptions } from './socket-options.ts';
import { SocketReader } from './socket-reader.ts';
import { SocketState, STATE } from './socket-state.ts';
import { StreamHandle } from './stream-handle.ts';
import { asTask } from './task.ts';

type WriteCallback = (error?: Error | null) => void;
type StreamCallback = (error?: Error | null) => void;

export class FacadeSocket extends SocketInfo {
  declare readonly [CONTEXT]: NetContext;
  declare timeout: number | undefined;
  /** `address:port` of each attempt of the last connect that tried several. */
  declare autoSelectFamilyAttemptedAddresses: string[] | undefined;
  /** The server that accepted it, if one did. */
  declare server: object | null;
  /** @internal The same; cleared by those who hand a socket on. */
  declare _server: { _connections: number; _emitCloseIfDrained?: () => void } | null;
  /** The name looked up, while connecting by name. */
  declare _host: string | null;
  declare _parent: FacadeSocket | null;
  declare _hadError: boolean;

  constructor(options?: SocketOptions | number) {
    super(streamOptions(options));
    this.initialize(socketOptions(options));
  }

  /** The rest of the constructor, apart so that `net.Socket.call(this)` of older libraries can run it too. */
  initialize(options: SocketOptions): void {
    const host = this[CONTEXT].host();
    this[STATE] = new SocketState(host, new SocketReader(this, options.onread));
    this.connecting = false;
    this._hadError = false;
    this._parent = null;
    this._host = null;
    this.server = null;
    this._server = null;
    this.timeout = undefined;
    const { keepAliveInitialDelay } = options;
    if (keepAliveInitialDelay !== undefined)
      checkNumber(keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.noDelay) this.setNoDelay(true);
    if (options.keepAlive) this.setKeepAlive(true, keepAliveInitialDelay);
    this.on('end', refuseWritesAfterEnd);
    if (options.signal) addAbortSignal(options.signal, this);
    if (options.handle === undefined) return;
    this.attach(options.handle);
    this.track(this.initialize, options.acceptedBy);
    if (options.pauseOnCreate) {
      this.pause();
    } else if (options.readable !== false && !options.manualStart) this.read(0);
  }

  connect(...args: unknown[]): this {
    const [options, callback] = normalizeArguments(args);
    const state = this[STATE];
    if (options.port === undefined && options.path == null) {
      throw nodeError(
        TypeError,
        'ERR_MISSING_ARGS',
        'The "options" or "port" or "path" argument must be specified',
      );
    }
    // Undoes what the end of an earlier connection did.
    if (Object.hasOwn(this, 'write')) Reflect.deleteProperty(this, 'write');
    if (this.destroyed) this.forget();
    const isPath = options.path != null;
    state.dial = null;
    if (state.handle === null) this.attach(new StreamHandle({ isPath }));
    if (callback !== null) this.once('connect', callback);
    this._unrefTimer();
    this.connecting = true;
    if (isPath) checkString(options.path, 'options.path');
    new Dial(this, options as DialOptions).start();
    this.track(this.connect);
    return this;
  }

  override end(...args: unknown[]): this {
    super.end(...(args as Parameters<Duplex['end']>));
    return this;
  }

  override read(sizeBytes?: number): unknown {
    this.startDirectRead();
    return super.read(sizeBytes);
  }

  override pause(): this {
    const { handle, reader } = this[STATE];
    if (reader.isDirect && !this.connecting && handle?.isReading) handle.readStop();
    return super.pause();
  }

  override resume(): this {
    this.startDirectRead();
    return super.resume();
  }

  /** Time with no activity, on the host's clock, after which 'timeout' is emitted; 0 switches it off. */
  setTimeout(durationMs: number, callback?: () => void): this {
    if (this.destroyed) return this;
    this.timeout = durationMs;
    const checkedMs = checkTimerDuration(durationMs, 'msecs');
    if (callback !== undefined) checkFunction(callback, 'callback');
    const state = this[STATE];
    this.stopIdleTimer();
    if (checkedMs === 0) {
      if (callback !== undefined) this.removeListener('timeout', callback);
      return this;
    }
    state.idleTimer = new IdleTimer(
      state.host.clock,
      Math.max(1, checkedMs),
      asTask('Timeout', () => this._onTimeout()),
    );
    if (callback !== undefined) this.once('timeout', callback);
    return this;
  }

  /** Reaches the transport's handle, where it is recorded; nothing simulated delays small writes. */
  setNoDelay(enable: unknown = true): this {
    const state = this[STATE];
    const isWanted = Boolean(enable);
    if (state.noDelay !== isWanted) state.handle?.setNoDelay(isWanted);
    state.noDelay = isWanted;
    return this;
  }

  /** As `setNoDelay`. */
  setKeepAlive(enable: unknown = false, initialDelayMs: unknown = 0): this {
    const state = this[STATE];
    const isWanted = Boolean(enable);
    const delaySeconds = keepAliveSeconds(initialDelayMs);
    if (state.keepAlive !== isWanted || state.keepAliveSeconds !== delaySeconds)
      state.handle?.setKeepAlive(isWanted, delaySeconds);
    state.keepAlive = isWanted;
    state.keepAliveSeconds = delaySeconds;
    return this;
  }

  ref(): this {
    const state = this[STATE];
    state.isRef = true;
    state.handle?.ref();
    return this;
  }

  unref(): this {
    const state = this[STATE];
    state.isRef = false;
    state.handle?.unref();
    return this;
  }

  /** Destroys it once everything written has been handed to the transport. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }

  /** Closes with a reset; the peer sees ECONNRESET. While connecting, once connected. */
  resetAndDestroy(): this {
    const { handle } = this[STATE];
    if (handle === null) return this.destroy(nodeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
    if (handle.isPath)
      throw nodeError(TypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
    return this;
  }

  /** @internal */
  _reset(): this {
    this[STATE].isResetting = true;
    return this.destroy();
  }

  /** @internal Activity: the idle time starts anew, also for the sockets this one is carried by. */
  _unrefTimer(): void {
    for (let socket: FacadeSocket | null = this; socket != null; socket = socket._parent) {
      socket[STATE]?.idleTimer?.refresh();
    }
  }

  /** @internal */
  _onTimeout(): void {
    const state = this[STATE];
    // It may have been switched off, or the socket destroyed, since the timer fired.
    if (state.idleTimer?.isCancelled !== false) return;
    const queueSizeBytes = state.handle?.queueSizeBytes ?? 0;
    if (state.queueSizeBytes > 0 && state.queueSizeBytes !== queueSizeBytes) {
      // A long write makes progress, so the socket is not idle.
      state.queueSizeBytes = queueSizeBytes;
      this._unrefTimer();
      return;
    }
    this.emit('timeout');
  }

  override _read(sizeBytes: number): void {
    const { handle } = this[STATE];
    if (this.connecting || handle === null) this.once('connect', () => this._read(sizeBytes));
    else if (!handle.isReading) handle.readStart();
  }

  override _write(chunk: unknown, encoding: BufferEncoding, callback: WriteCallback): void {
    this.writeChunks([toBytes(chunk, encoding)], callback);
  }

  override _writev(chunks: QueuedChunk[], callback: WriteCallback): void {
    this.writeChunks(
      chunks.map(({ chunk, encoding }) => toBytes(chunk, encoding)),
      callback,
    );
  }

  override _final(callback: StreamCallback): void {
    const { handle } = this[STATE];
    if (this.connecting) this.once('connect', () => this._final(callback));
    else if (handle === null) callback();
    else handle.shutdown(() => callback());
  }

  override _destroy(error: Error | null, callback: StreamCallback): void {
    const state = this[STATE];
    const { handle } = state;
    const hadError = error != null;
    this.connecting = false;
    state.dial?.cancel();
    state.dial = null;
    for (let socket: FacadeSocket | null = this; socket != null; socket = socket._parent) {
      socket.stopIdleTimer();
    }
    const emitClose = (): void => {
      this.emit('close', hadError);
    };
    if (handle === null) {
      callback(error);
      process.nextTick(emitClose);
    } else {
      const refusal = handle.close(emitClose, state.isResetting);
      // A program may have put a `close` of its own there, which answers nothing.
      if (refusal != null) this.emit('error', errnoError(refusal, 'reset'));
      this.detach(handle);
      state.isResetting = false;
      callback(error);
    }
    const server = this._server;
    if (server !== null) {
      server._connections -= 1;
      server._emitCloseIfDrained?.();
    }
  }

  /** @internal The dial has succeeded. */
  finishConnect(): void {
    const state = this[STATE];
    this.connecting = false;
    state.dial = null;
    state.local = null;
    if (state.noDelay) state.handle?.setNoDelay(true);
    if (state.keepAlive) state.handle?.setKeepAlive(true, state.keepAliveSeconds);
    this._unrefTimer();
    this.emit('connect');
    this.emit('ready');
    if (this.readable && !this.isPaused()) this.read(0);
  }

  /** @internal Makes `handle` the socket's connection, or its attempt at one. */
  attach(handle: StreamHandle): void {
    const state = this[STATE];
    state.handle = handle;
    handle.owner = state.reader;
    state.reader.start();
  }

  /** Lists it among the open handles, as opened by `opener`. */
  private track(opener: (...args: never[]) => unknown, acceptedBy?: Origin): void {
    const state = this[STATE];
    if (state.openHandle !== null || state.handle === null) return;
    const { tracksOrigins, openHandles } = this[CONTEXT];
    const opened = acceptedBy ?? (tracksOrigins ? captureOrigin(opener) : undefined);
    state.openHandle = new OpenSocket(this, opened, acceptedBy !== undefined);
    openHandles.add(state.openHandle);
  }

  private detach(handle: StreamHandle): void {
    const state = this[STATE];
    state.bytesRead = handle.bytesRead;
    state.bytesWritten = handle.bytesWritten;
    state.handle = null;
    state.local = null;
    if (state.openHandle !== null) this[CONTEXT].openHandles.delete(state.openHandle);
    state.openHandle = null;
  }

  private stopIdleTimer(): void {
    this[STATE].idleTimer?.cancel();
  }

  /** A destroyed socket may be connected again. */
  private forget(): void {
    const state = this[STATE];
    state.handle = null;
    state.peer = null;
    state.local = null;
    state.bytesRead = 0;
    state.bytesWritten = 0;
    (this as unknown as { _undestroy(): void })._undestroy();
  }

  private startDirectRead(): void {
    const state = this[STATE];
    if (state === undefined || !state.reader.isDirect || this.connecting) return;
    if (state.handle !== null && !state.handle.isReading) state.handle.readStart();
  }

  private writeChunks(chunks: readonly Uint8Array[], callback: WriteCallback): void {
    const state = this[STATE];
    if (this.connecting) {
      this.holdUntilConnected(chunks, callback);
      return;
    }
    state.unsent = [];
    const { handle } = state;
    if (handle === null) {
      callback(nodeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return;
    }
    this._unrefTimer();
    const result = handle.write(chunks, (code) => this.finishWrite(code, callback));
    if (result === true) callback();
    else if (result === false) state.queueSizeBytes = handle.queueSizeBytes;
    else callback(errnoError(result, 'write'));
  }

  private holdUntilConnected(chunks: readonly Uint8Array[], callback: WriteCallback): void {
    this[STATE].unsent = chunks;
    const onClose = (): void => {
      callback(
        nodeError(
          Error,
          'ERR_SOCKET_CLOSED_BEFORE_CONNECTION',
          'Socket closed before the connection was established',
        ),
      );
    };
    this.once('connect', () => {
      this.off('close', onClose);
      this.writeChunks(chunks, callback);
    });
    this.once('close', onClose);
  }

  private finishWrite(code: string | null, callback: WriteCallback): void {
    this[STATE].queueSizeBytes = 0;
    if (this.destroyed) {
      callback(null);
      return;
    }
    if (code === null) this._unrefTimer();
    callback(code === null ? null : errnoError(code, 'write'));
  }
}

/** After the peer has ended, a socket that may not be half open refuses to write. */
function refuseWritesAfterEnd(this: FacadeSocket): void {
  if (!this.allowHalfOpen) this.write = writeAfterEnd as typeof this.write;
}

function writeAfterEnd(this: FacadeSocket, chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
  if (!this.writableEnded)
    return Duplex.prototype.write.call(this, chunk, encoding as BufferEncoding, callback as WriteCallback);
  const done = typeof encoding === 'function' ? encoding : callback;
  const error = nodeError(Error, 'EPIPE', 'This socket has been ended by the other party');
  if (typeof done === 'function') process.nextTick(done as WriteCallback, error);
  this.destroy(error);
  return false;
}
