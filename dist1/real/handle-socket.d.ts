import { type StreamBinding, type TcpHandle } from './private-handle.ts';
import type { SocketSink } from './real-socket.ts';
import type { StreamSocket } from './stream-socket.ts';

type Listener = () => void;
export declare class HandleSocket implements StreamSocket {
  connecting: boolean;
  destroyed: boolean;
  writableEnded: boolean;
  writableFinished: boolean;
  readonly handle: TcpHandle;
  private readonly sink;
  private readonly binding;
  private isReading;
  private hasEnded;
  private wasEndReread;
  private onConnect;
  private onFinish;
  private onClose;
  constructor(sink: SocketSink, binding: StreamBinding, handle: TcpHandle);
  /** Over a connection that was accepted; it starts to read at once. */
  static accepted(sink: SocketSink, binding: StreamBinding, handle: TcpHandle): HandleSocket;
  /** Over a connection to be made to an IP address. What comes of it is told later, also what fails at once. */
  static dialled(sink: SocketSink, binding: StreamBinding, host: string, port: number): HandleSocket;
  get pending(): boolean;
  get readable(): boolean;
  get writable(): boolean;
  get localAddress(): string | undefined;
  get localPort(): number | undefined;
  get remoteAddress(): string | undefined;
  get remotePort(): number | undefined;
  once(event: 'connect' | 'finish' | 'close', listener: Listener): void;
  setNoDelay(isOn: boolean): void;
  pause(): void;
  resume(): void;
  /**
   * The end of stream leaves once what runs now has returned. A close that follows at once, as it does where the peer
   * has ended before, sends it all the same, and spares the kernel a call and libuv a round.
   */
  end(): void;
  /** With an error, the sink may decide that it stays open. */
  destroy(error?: Error): void;
  /** Closes with a reset; while libuv shuts down, which refuses that, with an end. */
  resetAndDestroy(): void;
  private shutdown;
  private finish;
  private connect;
  private connected;
  /** Returns the buffer for the next read. */
  private read;
  private readEnd;
  private fail;
  private nameBy;
}
