// DispatcherWithSendTests and FileWrapperTest of CPython's test_asyncore.py.
import { describe, expect, test } from 'vitest';
import {
  type CloseReason,
  DispatcherWithSend,
  FileDispatcher,
  FileWrapper,
  isBytes,
  Readiness,
  type Received,
} from '../../src/core/index.ts';
import { bytes, text } from '../support/recording.ts';
import { MATRIX, onBench } from './support/bench.ts';
import { FILE_MATRIX, type FileBench, onFileBench } from './support/file-bench.ts';
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
      await bench.until(() => server.channelState === 'listening');
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

describe.each(FILE_MATRIX)('FileWrapperTest, %s', (_name, make) => {
  const on = (body: Parameters<typeof onFileBench>[1]) => onFileBench(make, body);

  const receive = async (bench: FileBench, file: FileWrapper, take: () => Received): Promise<string> => {
    await bench.ready(file, Readiness.READABLE);
    const received = take();
    return isBytes(received) ? text(received) : String(received);
  };

  const put = async (bench: FileBench, file: FileWrapper, data: Uint8Array, name: 'write' | 'send') => {
    for (let sent = 0; sent < data.length; ) {
      await bench.ready(file, Readiness.WRITABLE);
      sent += file[name](data.subarray(sent));
    }
  };

  test(
    'test_recv: a wrapper of a descriptor reads under either name, and the descriptor stays the caller’s',
    on(async (bench) => {
      bench.write(TEXT);
      const descriptor = bench.openDescriptor();
      const file = new FileWrapper(bench.reactor.transport, descriptor);
      if (bench.dupsDescriptors) bench.closeDescriptor(descriptor);
      expect(await receive(bench, file, () => file.recv(13))).toBe("It's not dead");
      expect(await receive(bench, file, () => file.read(6))).toBe(", it's");
      file.close();
      expect(() => file.read(1)).toThrow(expect.objectContaining({ code: 'ERR_FILE_CLOSED' }));
      if (!bench.dupsDescriptors) bench.closeDescriptor(descriptor);
    }),
  );

  test(
    'test_send: write and send append to the file',
    on(async (bench) => {
      bench.write(TEXT);
      const [one, two] = [bytes('Come back again tomorrow'), bytes('I want to buy some cheese.')];
      const file = new FileWrapper(bench.reactor.transport, bench.path, { flags: 'a' });
      await put(bench, file, one, 'write');
      await put(bench, file, two, 'send');
      file.close();
      await bench.until(() => bench.read() === TEXT + text(one) + text(two));
    }),
  );

  test(
    'test_dispatcher: a channel on a file hands over its bytes, then ends',
    on(async (bench) => {
      bench.write(TEXT);
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
      new FileReader(bench.reactor, bench.path);
      await bench.loop();
      expect(events).toEqual([TEXT, 'end']);
    }),
  );

  test(
    'test_close_twice: the second close is silent, and the descriptor given stays the caller’s',
    on(async (bench) => {
      bench.write(TEXT);
      const descriptor = bench.openDescriptor();
      const file = new FileWrapper(bench.reactor.transport, descriptor);
      file.close();
      file.close();
      expect(file.closed).toBe(true);
      bench.closeDescriptor(descriptor);
    }),
  );
});
