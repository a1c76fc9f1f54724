// CPython's echo_server and echo_client of test_asynchat.py.
import {
  AsyncChat,
  type CloseReason,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
  type Terminator,
} from '../../../src/core/index.ts';
import { bytes, text } from '../../support/recording.ts';
import type { Bench } from './bench.ts';
import { BaseServer } from './handlers.ts';

export const SERVER_QUIT = 'QUIT\n';

/** Collects until QUIT, then sends back what came before in chunks of a size, one a write event, and closes. */
class EchoHandler extends DispatcherWithSend {
  received = '';
  private readonly chunkSize: number;
  private chunks: string[] = [];

  constructor(bench: Bench, endpoint: Endpoint, chunkSize: number) {
    super(bench.serverReactor, endpoint);
    this.chunkSize = chunkSize;
  }

  override handleRead(): void {
    const received = this.recv(8192);
    if (!isBytes(received)) return;
    this.received += text(received);
    if (!this.received.endsWith(SERVER_QUIT) || this.chunks.length > 0) return;
    const whole = this.received.slice(0, -SERVER_QUIT.length);
    for (let start = 0; start < whole.length; start += this.chunkSize) {
      this.chunks.push(whole.slice(start, start + this.chunkSize));
    }
    this.wantWrite(true);
  }

  override handleWrite(): void {
    super.handleWrite();
    const chunk = this.chunks.shift();
    if (chunk === undefined) return;
    this.send(bytes(chunk));
    this.wantWrite(true);
    if (this.chunks.length === 0) this.closeWhenDone();
  }
}

export class EchoServer extends BaseServer {
  readonly handlers: EchoHandler[];

  constructor(bench: Bench, chunkSize: number) {
    const handlers: EchoHandler[] = [];
    super(bench, (endpoint) => {
      handlers.push(new EchoHandler(bench, endpoint, chunkSize));
    });
    this.handlers = handlers;
  }
}

export class EchoClient extends AsyncChat {
  readonly contents: string[] = [];
  reason: CloseReason | null = null;
  private buffer = '';

  constructor(bench: Bench, server: EchoServer, terminator: Terminator | string) {
    super(bench.clientReactor);
    this.connect(bench.reach(server.localAddress));
    this.setTerminator(terminator);
  }

  override collectIncomingData(data: Uint8Array): void {
    this.buffer += text(data);
  }

  override foundTerminator(): void {
    this.contents.push(this.buffer);
    this.buffer = '';
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }

  /** What was collected and not ended by a terminator. */
  get rest(): string {
    return this.buffer;
  }
}

/** A listening server, a client, and both at their end after the client has said this. */
export async function converse(
  bench: Bench,
  options: { readonly terminator: Terminator | string; readonly chunkSize?: number },
  speak: (client: EchoClient) => void,
): Promise<{ readonly client: EchoClient; readonly server: EchoServer }> {
  const server = new EchoServer(bench, options.chunkSize ?? 1);
  await bench.until(() => server.channelState === 'listening');
  const client = new EchoClient(bench, server, options.terminator);
  speak(client);
  await bench.until(() => client.closed && server.handlers.length > 0 && server.handlers[0].closed);
  return { client, server };
}
