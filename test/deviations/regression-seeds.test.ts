// Programs that lost bytes on CPython's asyncore, on every backend: docs/asyncore.md, C2 and C32.
import { describe, expect, test } from 'vitest';
import {
  AsyncChat,
  type CloseReason,
  Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
} from '../../src/core/index.ts';
import { type Bench, MATRIX, onBench } from '../ported/support/bench.ts';
import { BaseServer } from '../ported/support/handlers.ts';
import { bytes, reasonText } from '../support/recording.ts';

const SIZE_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 65536;

/** The echo server of asyncore's documentation, on our DispatcherWithSend. */
class EchoHandler extends DispatcherWithSend {
  override handleRead(): void {
    const data = this.recv(8192);
    if (isBytes(data)) this.send(data);
  }
}

/** A byte that depends on its place, so that a loss or a swap shows. */
const byteAt = (index: number): number => (index * 31 + (index >> 8) * 7) & 255;

function chunkAt(start: number): Uint8Array {
  const size = Math.min(CHUNK_BYTES, SIZE_BYTES - start);
  return Uint8Array.from({ length: size }, (_, index) => byteAt(start + index));
}

/** Sends everything, ends its direction, and only then begins to read. */
class LateReader extends Dispatcher {
  sentBytes = 0;
  receivedBytes = 0;
  firstWrong = -1;
  reason: CloseReason | null = null;
  private chunk = chunkAt(0);

  constructor(bench: Bench, server: BaseServer) {
    super(bench.clientReactor);
    this.wantRead(false);
    this.connect(bench.reach(server.localAddress));
  }

  override handleConnect(): void {}

  override handleWrite(): void {
    const accepted = this.send(this.chunk);
    this.sentBytes += accepted;
    this.chunk = accepted < this.chunk.length ? this.chunk.subarray(accepted) : chunkAt(this.sentBytes);
    if (this.sentBytes < SIZE_BYTES) this.wantWrite(true);
    else {
      this.shutdownWrite();
      this.wantRead(true);
    }
  }

  override handleRead(): void {
    const data = this.recv(CHUNK_BYTES);
    if (!isBytes(data)) return;
    for (let index = 0; index < data.length && this.firstWrong < 0; index += 1) {
      if (data[index] !== byteAt(this.receivedBytes + index)) this.firstWrong = this.receivedBytes + index;
    }
    this.receivedBytes += data.length;
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }
}

/** Answers the first line with 1000 bytes, and reads nothing after it. */
class LineServer extends AsyncChat {
  constructor(bench: Bench, endpoint: Endpoint, lingerMs: number) {
    super(bench.serverReactor, endpoint);
    this.setTerminator('\n');
    this.acInBufferSize = 4;
    this.foundTerminator = () => {
      this.wantRead(false);
      this.push(new Uint8Array(1000));
      this.closeWhenDone({ lingerMs: lingerMs });
    };
  }

  override collectIncomingData(): void {}
}

class LineClient extends Dispatcher {
  receivedBytes = 0;
  reason: CloseReason | null = null;

  constructor(bench: Bench, server: BaseServer) {
    super(bench.clientReactor);
    this.connect(bench.reach(server.localAddress));
  }

  override handleConnect(): void {
    this.send(bytes(`GET\n${'trailing bytes that nobody reads '.repeat(10)}`));
  }

  override handleRead(): void {
    const data = this.recv(CHUNK_BYTES);
    if (isBytes(data)) this.receivedBytes += data.length;
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }
}

// One order is enough for the size: the orders are compared elsewhere, with less.
const ONE_ORDER = MATRIX.filter(([name]) => name.endsWith('per-channel'));

describe.each(ONE_ORDER)('%s', (_name, make) => {
  test(
    '8 MiB come back whole to a client that ends first and reads late',
    onBench(make, async (bench) => {
      const server = new BaseServer(bench, (endpoint) => new EchoHandler(bench.serverReactor, endpoint));
      await bench.until(() => server.channelState === 'listening');
      const client = new LateReader(bench, server);
      await bench.until(() => client.reason !== null);
      expect([client.receivedBytes, client.firstWrong, client.reason]).toEqual([
        SIZE_BYTES,
        -1,
        { kind: 'end' },
      ]);
    }),
    20_000,
  );
});

async function lineClient(bench: Bench, lingerMs: number): Promise<LineClient> {
  const server = new BaseServer(bench, (endpoint) => new LineServer(bench, endpoint, lingerMs));
  await bench.until(() => server.channelState === 'listening');
  const client = new LineClient(bench, server);
  await bench.until(() => client.reason !== null);
  return client;
}

describe.each(MATRIX)('%s', (_name, make) => {
  test(
    'after a lingering close the client reads the answer, then the end of stream',
    onBench(make, async (bench) => {
      const { receivedBytes, reason } = await lineClient(bench, 1000);
      expect([receivedBytes, reasonText(reason!)]).toEqual([1000, 'end']);
    }),
  );
});

// node:net cannot reset a Unix-domain connection.
const CAN_RESET = MATRIX.filter(([name]) => !name.includes('unix'));

describe.each(CAN_RESET)('%s', (_name, make) => {
  test(
    'after a close with input unread the client gets a reset',
    onBench(make, async (bench) => {
      const { reason } = await lineClient(bench, 0);
      expect(reason!.kind).toBe('reset');
    }),
  );
});
