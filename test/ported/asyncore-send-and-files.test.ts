// DispatcherWithSendTests and FileWrapperTest of CPython's test_asyncore.py.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CloseReason,
  DispatcherWithSend,
  FileDispatcher,
  FileWrapper,
  isBytes,
  type Reactor,
  type Received,
} from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';
import { bytes, text } from '../support/recording.ts';
import { MATRIX, ORDERS, onBench } from './support/bench.ts';
import { BaseServer } from './support/handlers.ts';

describe.each(MATRIX)('DispatcherWithSendTests, %s', (_name, make) => {
  test(
    'test_send: two sends arrive whole, and nothing stays buffered',
    onBench(make, async (bench) => {
      let captured = '';
      class Capture extends DispatcherWithSend {
        override handleRead(): void {
          const received = this.recv(10);
          if (isBytes(received)) captured += text(received).replace('\n', '');
        }
      }
      const server = new BaseServer(bench, (endpoint) => new Capture(bench.serverReactor, endpoint));
      await bench.until(() => server.state === 'listening');
      const client = new DispatcherWithSend(bench.clientReactor);
      client.connect(bench.reach(server.localAddress));
      const data = 'Suppose there isn’t a 16-ton weight?';
      client.send(bytes(data));
      client.send(bytes(data));
      client.send(bytes('\n'));
      await bench.until(() => bytes(captured).length === 2 * bytes(data).length);
      expect([captured, client.bufferedBytes]).toEqual([data + data, 0]);
    }),
  );
});

const TEXT = "It's not dead, it's sleeping!";

// Skipped until the real backend's openFile lands.
describe.skip.each(ORDERS)('FileWrapperTest, %s', (order) => {
  let folder: string;
  let path: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'foulweather-'));
    path = join(folder, 'file');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Waits until a file hands something over: its reads are asynchronous. */
  async function receive(reactor: Reactor, take: () => Received): Promise<string> {
    for (let tries = 0; tries < 1000; tries += 1) {
      const received = take();
      if (isBytes(received)) return text(received);
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`nothing was read by ${String(reactor)}`);
  }

  test('test_recv: a wrapper of a descriptor reads under either name, and the descriptor stays open', async () => {
    writeFileSync(path, TEXT);
    const reactor = createRealReactor({ order });
    const descriptor = openSync(path, 'r');
    const file = new FileWrapper(reactor.transport, descriptor);
    closeSync(descriptor);
    expect(await receive(reactor, () => file.recv(13))).toBe("It's not dead");
    expect(await receive(reactor, () => file.read(6))).toBe(", it's");
    file.close();
    expect(() => file.read(1)).toThrow(expect.objectContaining({ code: 'ERR_FILE_CLOSED' }));
  });

  test('test_send: write and send append to the file', async () => {
    writeFileSync(path, TEXT);
    const reactor = createRealReactor({ order });
    const file = new FileWrapper(reactor.transport, path, { flags: 'a' });
    const [one, two] = [bytes('Come back again tomorrow'), bytes('I want to buy some cheese.')];
    for (const [data, put] of [
      [one, (rest: Uint8Array) => file.write(rest)],
      [two, (rest: Uint8Array) => file.send(rest)],
    ] as const) {
      for (let sent = 0; sent < data.length; ) {
        sent += put(data.subarray(sent));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    file.close();
    const whole = TEXT + text(one) + text(two);
    for (let tries = 0; tries < 1000 && readFileSync(path, 'utf8') !== whole; tries += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  test('test_dispatcher: a channel on a file hands over its bytes, then ends', async () => {
    writeFileSync(path, TEXT);
    const reactor = createRealReactor({ order });
    const events: string[] = [];
    class FileReader extends FileDispatcher {
      override handleRead(): void {
        const received = this.recv(29);
        if (isBytes(received)) events.push(text(received));
      }
      override handleWrite(): void {}
      override handleClose(reason: CloseReason): void {
        events.push(reason.kind);
      }
    }
    new FileReader(reactor, path);
    await reactor.loop();
    expect(events).toEqual([TEXT, 'end']);
  });

  test('test_close_twice: the second close is silent, and the descriptor given stays the caller’s', () => {
    writeFileSync(path, TEXT);
    const reactor = createRealReactor({ order });
    const descriptor = openSync(path, 'r');
    const file = new FileWrapper(reactor.transport, descriptor);
    file.close();
    file.close();
    expect(file.closed).toBe(true);
    closeSync(descriptor);
  });
});
