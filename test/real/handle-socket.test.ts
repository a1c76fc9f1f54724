// Connections without a net.Socket around them. That they behave as those with one do is the contract suite's business.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dispatcher, type Endpoint, Reactor, Readiness } from '../../src/core/index.ts';
import { RealDriver, RealTransport, systemClock } from '../../src/real/index.ts';
import { findStreamBinding } from '../../src/real/private-handle.ts';

class Echo extends Dispatcher {
  override handleRead(): void {
    const received = this.recv(1024);
    if (received instanceof Uint8Array) this.send(received);
  }

  override handleWrite(): void {
    this.wantWrite(false);
  }
}

class EchoListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new Echo(this.reactor, endpoint);
  }
}

class Pinger extends Dispatcher {
  override handleConnect(): void {
    this.send(Uint8Array.of(1));
  }

  override handleWrite(): void {
    this.wantWrite(false);
  }

  override handleRead(): void {
    this.reactor.stop();
  }
}

let sockets = 0;
const count = (): void => {
  sockets += 1;
};

beforeEach(() => {
  sockets = 0;
  subscribe('net.server.socket', count);
  const { connect } = Socket.prototype;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: unknown[]) {
    count();
    return Reflect.apply(connect, this, given);
  });
});

afterEach(() => {
  unsubscribe('net.server.socket', count);
  vi.restoreAllMocks();
});

/** One byte there and back, from a connection to `host`; both ends in one reactor. */
async function ping(host: string, usesHandles: boolean): Promise<void> {
  const driver = new RealDriver();
  const transport = new RealTransport({ driver, usesHandles });
  const reactor = new Reactor({ transport, driver, clock: systemClock });
  const listener = new EchoListener(reactor);
  listener.bind({ host: '127.0.0.1', port: 0 });
  listener.listen();
  await expect.poll(() => listener.localAddress, { interval: 1 }).not.toBeNull();
  const { port } = listener.localAddress as { port: number };
  new Pinger(reactor).connect({ host, port });
  await reactor.loop();
  reactor.closeAll();
}

describe('a TCP connection of the real backend', () => {
  test('is made of what node:net uses, on this version of Node', () => {
    expect(findStreamBinding()).not.toBeNull();
  });

  test('warns of no deprecation when that is looked up', () => {
    const before = process.noDeprecation;
    findStreamBinding();
    expect(process.noDeprecation).toBe(before);
  });

  test('between IP addresses is over no net.Socket', async () => {
    await ping('127.0.0.1', true);
    expect(sockets).toBe(0);
  });

  test('over public API alone is over two', async () => {
    await ping('127.0.0.1', false);
    expect(sockets).toBe(2);
  });

  test('that is ended by both sides is closed, though its program forgets to', async () => {
    const server = createServer((socket) => socket.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const transport = new RealTransport();
    const endpoint = transport.connect({ host: '127.0.0.1', port });
    await expect.poll(() => endpoint.readiness & Readiness.OPEN, { interval: 1 }).not.toBe(0);
    endpoint.shutdownWrite();
    await expect.poll(() => endpoint.localAddress, { interval: 1 }).toBeNull();
    server.close();
    await once(server, 'close');
  });

  test.each([
    { name: 'a first small write asks for no prompt leaving', sizes: [1], calls: [] },
    { name: 'the second one does', sizes: [512, 1, 1], calls: [true] },
    { name: 'a large first one does', sizes: [513, 1], calls: [true] },
  ])('$name', async ({ sizes, calls }) => {
    const server = createServer((socket) => socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const seen = vi.spyOn(findStreamBinding()!.Tcp.prototype, 'setNoDelay');
    const endpoint = new RealTransport().connect({ host: '127.0.0.1', port });
    await expect.poll(() => endpoint.readiness & Readiness.OPEN, { interval: 1 }).not.toBe(0);
    for (const size of sizes) endpoint.send(new Uint8Array(size));
    expect(seen.mock.calls.flat()).toEqual(calls);
    endpoint.abort();
    server.close();
    await once(server, 'close');
  });

  test('that a program wants to be delayed stays so', async () => {
    const server = createServer((socket) => socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const endpoint = new RealTransport().connect({ host: '127.0.0.1', port });
    await expect.poll(() => endpoint.readiness & Readiness.OPEN, { interval: 1 }).not.toBe(0);
    const seen = vi.spyOn(findStreamBinding()!.Tcp.prototype, 'setNoDelay');
    endpoint.setNoDelay?.(false);
    for (const size of [1000, 1, 1]) endpoint.send(new Uint8Array(size));
    expect(seen.mock.calls.flat().at(-1)).toBe(false);
    endpoint.abort();
    server.close();
    await once(server, 'close');
  });
});
