// What only this machine can show: kernel errors, timers, and what a program that breaks the rules of views gets.
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type Address,
  type CloseReason,
  Dispatcher,
  END_OF_STREAM,
  type Endpoint,
  formatAddress,
  type InternetAddress,
  isBytes,
  Reactor,
  Readiness,
  type TransportError,
} from '../../src/core/index.ts';
import {
  createRealReactor,
  RealDriver,
  RealTransport,
  SEND_BUDGET_BYTES,
  systemClock,
} from '../../src/real/index.ts';

let reactor: Reactor;

beforeEach(() => {
  reactor = createRealReactor();
});

afterEach(() => reactor.closeAll());

class Listening extends Dispatcher {
  readonly events: string[] = [];
  onEndpoint: (endpoint: Endpoint) => void = (endpoint) => endpoint.close();

  override handleAccepted(endpoint: Endpoint): void {
    this.onEndpoint(endpoint);
  }

  override handleClose(reason: CloseReason): void {
    this.events.push('error' in reason ? (reason.error as TransportError).code : reason.kind);
  }
}

class Connecting extends Listening {
  override handleConnect(): void {
    this.events.push('connect');
  }
}

/** A listener that is bound, though its reactor does not loop yet. */
async function listening(on: Reactor): Promise<Listening> {
  const server = listen(on);
  await expect.poll(() => server.localAddress, { interval: 1 }).not.toBeNull();
  return server;
}

function listen(on: Reactor, address: Address = { host: '127.0.0.1', port: 0 }): Listening {
  const server = new Listening(on);
  server.bind(address);
  server.listen();
  return server;
}

test('a connection to a Unix-domain path whose backlog is full is EAGAIN', async () => {
  const path = `/tmp/foulweather-backlog-${process.pid}.sock`;
  const server = new Listening(reactor);
  server.bind({ path });
  server.listen(1);
  const looping = reactor.loop();
  await expect.poll(() => server.localAddress, { interval: 1 }).not.toBeNull();
  // In one go, so that nobody accepts in between.
  const clients = [1, 2, 3].map(() => {
    const client = new Connecting(reactor);
    client.connect({ path });
    return client;
  });
  await expect
    .poll(() => clients.map(({ events }) => events.join()), { interval: 1 })
    .toEqual(['connect', 'connect', 'EAGAIN']);
  reactor.closeAll();
  await looping;
});

// The superuser may bind any port.
test.skipIf(process.getuid?.() === 0)('a port below 1024 reports EACCES', async () => {
  const server = listen(reactor, { host: '127.0.0.1', port: 1 });
  await reactor.loop();
  expect(server.events).toEqual(['EACCES']);
});

test('a Unix-domain path in a folder that is not there reports an error and closes', async () => {
  const server = listen(reactor, { path: '/no/such/folder/socket' });
  await reactor.loop();
  expect(server.events).toHaveLength(1);
});

test('a Unix-domain path that does not fit is refused, not cut', async () => {
  const path = `/tmp/${'x'.repeat(120)}`;
  const server = listen(reactor, { path });
  const client = new Listening(reactor);
  client.connect({ path });
  await reactor.loop();
  expect([server.events, client.events]).toEqual([['ENAMETOOLONG'], ['ENAMETOOLONG']]);
});

test('a view kept after its handler is overwritten where views are poisoned', async () => {
  const driver = new RealDriver();
  const transport = new RealTransport({ driver, poisonsViews: true });
  const poisoning = new Reactor({ driver, transport, clock: systemClock });
  const server = await listening(poisoning);
  let kept: Uint8Array = new Uint8Array(0);
  server.onEndpoint = (endpoint) => {
    server.close();
    new (class extends Dispatcher {
      override handleRead(): void {
        const received = this.recv(100);
        if (isBytes(received)) kept = received;
      }
      override handleWrite(): void {}
      override handleEnd(): void {
        this.close();
      }
    })(poisoning, endpoint);
  };
  const client = dial((server.localAddress as InternetAddress).port, '127.0.0.1', () => client.end('secret'));
  await poisoning.loop();
  expect([...kept]).toEqual(new Array(6).fill(0xdb));
});

test('a reactor goes on while a test fakes the global timers', async () => {
  vi.useFakeTimers();
  try {
    const server = listen(reactor);
    server.callLater(5, () => server.close());
    await reactor.loop();
  } finally {
    vi.useRealTimers();
  }
  expect(reactor.size).toBe(0);
});

test('a peer that never reads stops the sender at the budget above what the kernel holds', async () => {
  const server = await listening(reactor);
  let endpoint: Endpoint | null = null;
  const connected = new Promise<void>((resolve) => {
    server.onEndpoint = (accepted) => {
      endpoint = accepted;
      resolve();
    };
  });
  const client = dial((server.localAddress as InternetAddress).port, '127.0.0.1');
  client.pause();
  void reactor.loop();
  await connected;
  const chunk = new Uint8Array(1 << 20);
  let kernelIsFull = false;
  while (!kernelIsFull) {
    const accepted = endpoint!.send(chunk);
    expect(accepted).toBeLessThanOrEqual(SEND_BUDGET_BYTES);
    if (accepted > 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 30));
    kernelIsFull = endpoint!.send(chunk) === 0;
  }
  endpoint!.abort();
  client.destroy();
});

test('abort right behind shutdownWrite leaves no connection behind', async () => {
  const server = await listening(reactor);
  server.onEndpoint = (endpoint) => {
    endpoint.send(new Uint8Array(1000));
    endpoint.shutdownWrite();
    endpoint.abort();
    server.close();
  };
  const client = dial((server.localAddress as InternetAddress).port, '127.0.0.1');
  const closed = new Promise((resolve) => client.on('error', () => {}).once('close', resolve));
  client.resume();
  await reactor.loop();
  await closed;
});

test('connect binds the local address that it is given, also by name', async () => {
  const server = await listening(reactor);
  const peers: string[] = [];
  server.onEndpoint = (endpoint) => {
    peers.push((endpoint.remoteAddress as InternetAddress).host);
    endpoint.close();
    server.close();
  };
  const client = new (class extends Dispatcher {
    override handleConnect(): void {
      this.close();
    }
  })(reactor);
  client.bind({ host: 'localhost', port: 0 });
  client.connect(server.localAddress!);
  await reactor.loop();
  expect(peers).toEqual(['127.0.0.1']);
});

test('turns happen only while the loop runs', async () => {
  const server = await listening(reactor);
  let accepted = 0;
  server.onEndpoint = (endpoint) => {
    accepted += 1;
    endpoint.close();
    server.close();
  };
  const client = dial((server.localAddress as InternetAddress).port, '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(accepted).toBe(0);
  await reactor.loop();
  expect(accepted).toBe(1);
  client.destroy();
});

test.each([
  { host: '127.0.0.1', usesHandles: true, unspecified: '0.0.0.0' },
  { host: '127.0.0.1', usesHandles: false, unspecified: '0.0.0.0' },
  { host: '::1', usesHandles: true, unspecified: '::' },
])(
  'a peer that has reset before it is accepted has the unspecified address ($host, handles: $usesHandles)',
  async ({ host, usesHandles, unspecified }) => {
    const driver = new RealDriver();
    const transport = new RealTransport({ driver, usesHandles });
    const listener = transport.listen({ host, port: 0 });
    await expect.poll(() => listener.localAddress, { interval: 1 }).not.toBeNull();
    const client = dial((listener.localAddress as InternetAddress).port, host);
    await once(client, 'connect');
    await expect.poll(() => listener.readiness & Readiness.READABLE, { interval: 1 }).not.toBe(0);
    client.resetAndDestroy();
    await once(client, 'close');
    const { address, endpoint } = listener.accept()!;
    expect(address).toEqual({ host: unspecified, port: 0 });
    expect(formatAddress(address)).not.toBe('');
    endpoint.abort();
    listener.close();
  },
);

test('Nagle’s algorithm is off at both ends, until a program turns it on', async () => {
  const calls: unknown[] = [];
  const server = await listening(reactor);
  const { port } = server.localAddress as InternetAddress;
  const probe = dial(port, '127.0.0.1');
  await new Promise((resolve) => probe.once('connect', resolve));
  const handle = Object.getPrototypeOf((probe as unknown as { _handle: object })._handle) as {
    setNoDelay(isOn: boolean): number;
  };
  probe.destroy();
  const spy = vi.spyOn(handle, 'setNoDelay').mockImplementation((isOn) => calls.push(Boolean(isOn)));
  try {
    const accepted = new Promise<Endpoint>((resolve) => {
      server.onEndpoint = resolve;
    });
    const near = reactor.transport.connect({ host: '127.0.0.1', port });
    const looping = reactor.loop();
    const far = await accepted;
    await expect.poll(() => near.readiness & Readiness.OPEN, { interval: 1 }).not.toBe(0);
    for (const end of [near, far]) {
      calls.length = 0;
      end.setNoDelay?.(false);
      expect(calls.at(-1)).toBe(false);
      end.setNoDelay?.(true);
      expect(calls.at(-1)).toBe(true);
      end.close();
    }
    server.close();
    await looping;
  } finally {
    spy.mockRestore();
  }
});

/** What a peer that has accepted sees of a connection that is aborted before this end has heard that it is open. */
async function seenOfAbort(usesHandles: boolean): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = new Promise<string>((resolve) => {
    server.once('connection', (socket) => {
      socket.once('end', () => resolve('end'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.resume();
    });
  });
  const { port } = server.address() as AddressInfo;
  const endpoint = new RealTransport({ usesHandles }).connect({ host: '127.0.0.1', port });
  // Node connects in the next tick; on loopback the kernel then has the connection at once.
  process.nextTick(() => endpoint.abort());
  try {
    return await seen;
  } finally {
    server.close();
  }
}

test('a connection aborted while it connects is a reset to a peer that has accepted it', async () => {
  expect(await seenOfAbort(true)).toBe('ECONNRESET');
});

test('a connection aborted while it connects is a reset through public API alone', async () => {
  expect(await seenOfAbort(false)).toBe('ECONNRESET');
});

/** An endpoint of the real transport, and the socket at its other end. */
async function dialled(): Promise<{ server: Server; socket: Socket; endpoint: Endpoint }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const { port } = server.address() as AddressInfo;
  const endpoint = new RealTransport().connect({ host: '127.0.0.1', port });
  const [socket] = (await accepted) as [Socket];
  return { server, socket, endpoint };
}

/** Waits until `endpoint` shows one of `bits`. */
async function shows(endpoint: Endpoint, bits: number): Promise<void> {
  await expect.poll(() => endpoint.readiness & bits, { interval: 1 }).not.toBe(0);
}

test('an endpoint with a few bytes unread hears of a reset', async () => {
  const { server, socket, endpoint } = await dialled();
  socket.write('a few');
  await shows(endpoint, Readiness.READABLE);
  socket.resetAndDestroy();
  await shows(endpoint, Readiness.BROKEN);
  endpoint.close();
  server.close();
});

test('an endpoint whose peer has closed hears that a send failed once it has received all', async () => {
  const { server, socket, endpoint } = await dialled();
  socket.end('x', () => socket.destroy());
  await once(socket, 'close');
  await shows(endpoint, Readiness.READABLE);
  // The end of stream is taken in behind the byte; the first send draws a reset, and a later one fails of it.
  for (let round = 0; round < 10; round += 1) await new Promise((resolve) => setImmediate(resolve));
  await expect
    .poll(() => endpoint.send(new Uint8Array(1)) + (endpoint.readiness & Readiness.BROKEN), { interval: 1 })
    .toBe(Readiness.BROKEN);
  expect(endpoint.recv(10)).toHaveLength(1);
  expect(endpoint.readiness & (Readiness.FAILED | Readiness.BROKEN)).toBe(Readiness.BROKEN);
  expect(endpoint.recv(10)).toBe(END_OF_STREAM);
  expect(endpoint.readiness & Readiness.FAILED).not.toBe(0);
  expect(endpoint.takeError()?.code).toBe('EPIPE');
  endpoint.close();
  server.close();
});

test('an endpoint that nobody reads takes in two reads, and stops its peer', async () => {
  const { server, socket, endpoint } = await dialled();
  socket.on('error', () => {});
  socket.write('a few');
  await shows(endpoint, Readiness.READABLE);
  // More than two reads and the kernel's buffers of both ends hold.
  socket.write(Buffer.alloc(64 * 1024 * 1024));
  const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let waitingBytes = Number.NaN;
  while (socket.writableLength !== waitingBytes) {
    waitingBytes = socket.writableLength;
    for (let rounds = 0; rounds < 100; rounds += 1) await round();
  }
  let unreadBytes = 0;
  for (
    let got = endpoint.recv(1 << 20);
    isBytes(got) && unreadBytes <= 2 * 64 * 1024;
    got = endpoint.recv(1 << 20)
  )
    unreadBytes += got.length;
  expect(unreadBytes).toBeGreaterThan(0);
  expect(unreadBytes).toBeLessThanOrEqual(2 * 64 * 1024);
  endpoint.abort();
  server.close();
});
