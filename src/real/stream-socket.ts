/** What an endpoint uses of a net.Socket, and what a HandleSocket has of one; each member means what it means there. */
export interface StreamSocket {
  readonly connecting: boolean;
  readonly pending: boolean;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly localAddress?: string;
  readonly localPort?: number;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  once(event: 'finish' | 'close', listener: () => void): unknown;
  setNoDelay(isOn: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
  end(): unknown;
  destroy(error?: Error): unknown;
  resetAndDestroy(): unknown;
}
