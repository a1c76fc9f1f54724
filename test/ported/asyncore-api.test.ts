// BaseTestAPI of CPython's test_asyncore.py: its 14 methods on every backend, in both orders of a turn.
import { describe, expect, test } from 'vitest';
import {
  type CloseReason,
  Dispatcher,
  type Endpoint,
  type Reactor,
  type TransportError,
} from '../../src/core/index.ts';
import { BACKENDS, MATRIX, onBench } from './support/bench.ts';
import { BaseClient, BaseServer, BaseTestHandler } from './support/handlers.ts';

const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(120);

describe.each(MATRIX)('BaseTestAPI, %s', (_name, make) => {
  const on = (body: Parameters<typeof onBench>[1]) => onBench(make, body);

  test(
    'test_handle_connect: a client gets handleConnect',
    on(async (bench) => {
      class Client extends BaseClient {
        override handleConnect(): void {
          this.flag = true;
        }
      }
      const server = new BaseServer(bench);
      await bench.until(() => server.connected || server.channelState === 'listening');
      const client = new Client(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => client.flag);
    }),
  );

  test(
    'test_handle_accept: a listener gets handleAccept when a connection comes',
    on(async (bench) => {
      class Listener extends BaseServer {
        override handleAccept(): void {
          this.accept()?.endpoint.close();
          this.flag = true;
        }
      }
      const server = new Listener(bench);
      await bench.until(() => server.channelState === 'listening');
      new Quiet(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => server.flag);
    }),
  );

  test(
    'test_handle_accepted: the default handleAccept leads to handleAccepted',
    on(async (bench) => {
      class Listener extends BaseServer {
        override handleAccepted(endpoint: Endpoint): void {
          endpoint.close();
          this.flag = true;
        }
      }
      const server = new Listener(bench);
      await bench.until(() => server.channelState === 'listening');
      new Quiet(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => server.flag);
    }),
  );

  test(
    'test_handle_read: what a server sends at once reaches handleRead',
    on(async (bench) => {
      class Client extends BaseClient {
        override handleRead(): void {
          this.flag = true;
          this.recv(1024);
        }
      }
      class Handler extends Dispatcher {
        constructor(reactor: Reactor, endpoint: Endpoint) {
          super(reactor, endpoint);
          this.send(bytes(1024));
        }
      }
      const server = new BaseServer(bench, (endpoint) => new Handler(bench.serverReactor, endpoint));
      await bench.until(() => server.channelState === 'listening');
      const client = new Client(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => client.flag);
    }),
  );

  test(
    'test_handle_write: a client gets handleWrite after it is connected',
    on(async (bench) => {
      class Client extends BaseClient {
        override handleWrite(): void {
          this.flag = this.connected;
        }
      }
      const server = new BaseServer(bench);
      await bench.until(() => server.channelState === 'listening');
      const client = new Client(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => client.flag);
    }),
  );

  test(
    'test_handle_close: a client whose server closes gets handleClose',
    on(async (bench) => {
      const reasons: CloseReason[] = [];
      class Client extends BaseClient {
        override handleRead(): void {
          this.recv(1024);
        }
        override handleEnd(): void {
          Dispatcher.prototype.handleEnd.call(this);
        }
        override handleClose(reason: CloseReason): void {
          reasons.push(reason);
        }
      }
      const server = new BaseServer(bench, (endpoint) => endpoint.close());
      await bench.until(() => server.channelState === 'listening');
      const client = new Client(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => reasons.length > 0);
      expect([client.closed, reasons]).toEqual([true, [{ kind: 'end' }]]);
    }),
  );

  test(
    'test_handle_close_after_conn_broken: sending to a peer that has closed ends in handleClose',
    on(async (bench) => {
      const reasons: CloseReason[] = [];
      class Client extends BaseClient {
        override handleWrite(): void {
          this.send(bytes(128));
          this.wantWrite(true);
        }
        override handleClose(reason: CloseReason): void {
          reasons.push(reason);
        }
      }
      class Handler extends BaseTestHandler {
        override handleRead(): void {
          this.recv(1);
          this.close();
        }
        override handleWrite(): void {}
      }
      const server = new BaseServer(bench, (endpoint) => new Handler(bench.serverReactor, endpoint));
      await bench.until(() => server.channelState === 'listening');
      const client = new Client(bench.clientReactor, bench.reach(server.localAddress));
      client.wantRead(false);
      await bench.until(() => reasons.length > 0);
      expect([client.closed, reasons.map(({ kind }) => kind)]).toEqual([true, ['reset']]);
    }),
  );

  test(
    'test_handle_error: an exception in a handler reaches handleError, as an argument',
    on(async (bench) => {
      const errors: unknown[] = [];
      class Client extends BaseClient {
        override handleWrite(): void {
          throw new RangeError('1.0 / 0');
        }
        override handleError(error: unknown): void {
          errors.push(error);
        }
        override handleClose(): void {}
      }
      const server = new BaseServer(
        bench,
        (endpoint) =>
          new (class extends Dispatcher {
            override handleRead(): void {
              this.recv(1);
            }
          })(bench.serverReactor, endpoint),
      );
      await bench.until(() => server.channelState === 'listening');
      new Client(bench.clientReactor, bench.reach(server.localAddress));
      await bench.until(() => errors.length > 0);
      expect(errors).toEqual([new RangeError('1.0 / 0')]);
    }),
  );

  test(
    'test_connection_attributes: the flags tell what a channel is, at each stage',
    on(async (bench) => {
      const server = new BaseServer(bench);
      await bench.until(() => server.channelState === 'listening');
      expect([server.connected, server.accepting]).toEqual([false, true]);
      const client = new Quiet(bench.clientReactor, bench.reach(server.localAddress));
      expect([client.connected, client.accepting, client.connecting]).toEqual([false, false, true]);
      await bench.until(() => client.connected);
      expect([server.connected, server.accepting]).toEqual([false, true]);
      expect([client.connected, client.accepting, client.connecting]).toEqual([true, false, false]);
      client.close();
      expect([client.connected, client.accepting, client.connecting]).toEqual([false, false, false]);
      server.close();
      expect([server.connected, server.accepting]).toEqual([false, false]);
    }),
  );

  test(
    'test_create_socket: the family is checked, and opens nothing',
    on(async (bench) => {
      for (const family of ['tcp4', 'tcp6', 'unix'] as const) {
        const channel = new Dispatcher(bench.serverReactor);
        channel.createSocket(family);
        expect([channel.channelState, bench.serverReactor.size]).toEqual(['idle', 0]);
      }
      const channel = new Dispatcher(bench.serverReactor);
      expect(() => channel.createSocket('udp4' as 'tcp4')).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
      );
    }),
  );

  test(
    'test_bind: a second server on the same port is told EADDRINUSE, once, from the loop',
    on(async (bench) => {
      const reasons: CloseReason[] = [];
      class Second extends BaseTestHandler {
        override handleClose(reason: CloseReason): void {
          reasons.push(reason);
        }
      }
      const first = new BaseServer(bench);
      await bench.until(() => first.channelState === 'listening');
      const second = new Second(bench.serverReactor);
      second.bind(first.localAddress!);
      second.listen(5);
      expect(reasons).toEqual([]);
      await bench.until(() => reasons.length > 0);
      expect([second.closed, first.accepting]).toEqual([true, true]);
      const [{ kind, error }] = reasons as { kind: string; error: TransportError }[];
      expect([kind, error.code]).toEqual(['failed', 'EADDRINUSE']);
    }),
  );

  test(
    'test_set_reuse_addr: an address is free again at once after its listener has closed',
    on(async (bench) => {
      const first = new BaseServer(bench, (endpoint) => endpoint.close());
      await bench.until(() => first.channelState === 'listening');
      const client = new Ended(bench.clientReactor, bench.reach(first.localAddress));
      await bench.until(() => client.flag);
      const address = first.localAddress!;
      first.close();
      const second = new BaseTestHandler(bench.serverReactor);
      second.setReuseAddr();
      second.bind(address);
      second.listen(5);
      await bench.until(() => second.channelState === 'listening');
      expect(second.localAddress).toEqual(address);
    }),
  );

  test(
    'test_quick_connect: a client that resets at once does not harm the server',
    on(async (bench) => {
      const seen: string[] = [];
      class Handler extends BaseTestHandler {
        override handleWrite(): void {}
        override handleRead(): void {
          this.recv(1);
        }
        override handleEnd(): void {
          Dispatcher.prototype.handleEnd.call(this);
        }
        override handleClose(reason: CloseReason): void {
          seen.push(reason.kind);
        }
      }
      const server = new BaseServer(bench, (endpoint) => new Handler(bench.serverReactor, endpoint));
      await bench.until(() => server.channelState === 'listening');
      class Quick extends Quiet {
        override handleConnect(): void {
          this.abort();
        }
      }
      const address = bench.reach(server.localAddress);
      for (let count = 0; count < 4; count += 1) new Quick(bench.clientReactor, address);
      const client = new Sender(bench.clientReactor, address);
      await bench.until(() => client.flag);
      expect(server.accepting).toBe(true);
      expect(seen.filter((kind) => kind !== 'reset')).toEqual([]);
    }),
  );
});

/** A client to which anything may happen. */
class Quiet extends Dispatcher {
  flag = false;

  constructor(reactor: Reactor, address: Parameters<Dispatcher['connect']>[0]) {
    super(reactor);
    this.connect(address);
  }

  override handleConnect(): void {}
  override handleRead(): void {
    this.recv(1024);
  }
}

/** Notes when it is over. */
class Ended extends Quiet {
  override handleClose(): void {
    this.flag = true;
  }
}

/** Notes when it could send. */
class Sender extends Quiet {
  override handleWrite(): void {
    this.flag = this.send(bytes(1)) === 1;
  }
}

describe.each(BACKENDS.filter(([name]) => name === 'sim'))('BaseTestAPI, %s', (_name, make) => {
  test(
    'test_handle_expt: urgent data reaches handleExpt',
    onBench(
      () => make('phased'),
      async (bench) => {
        const urgent: (number | null)[] = [];
        class Client extends BaseClient {
          override handleExpt(): void {
            urgent.push(this.recvUrgent());
          }
        }
        const server = new BaseServer(bench, (endpoint) => endpoint.sendUrgent?.(244));
        await bench.until(() => server.channelState === 'listening');
        new Client(bench.clientReactor, bench.reach(server.localAddress));
        await bench.until(() => urgent.length > 0);
        expect(urgent).toEqual([244]);
      },
    ),
  );
});
