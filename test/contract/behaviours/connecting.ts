import type { TransportError } from '../../../src/core/index.ts';
import { type Behaviour, LOOPBACK, type World } from '../world.ts';

/** A port on which nobody listens any more. */
function withFreePort(world: World, use: (port: number) => void): void {
  world.listen(
    LOOPBACK,
    {},
    {
      onListening: (listener) => {
        const { port } = listener;
        listener.close();
        use(port);
      },
    },
  );
}

export const CONNECTING: readonly Behaviour[] = [
  {
    title: 'a connection reports connect to its client once',
    run: (world) => world.pair({ onConnect: (client) => client.close() }, {}),
    expected: { client: ['connect'], server: ['end'] },
  },
  {
    title: 'connect calls no handler before it returns',
    run: (world) =>
      world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: (listener) => {
            const client = world.connect(listener.localAddress!, 'client', {
              onConnect: (channel) => channel.close(),
            });
            client.note(`returned ${client.channelState}`);
          },
        },
      ),
    expected: { client: ['returned connecting', 'connect'], server: ['end'] },
  },
  {
    title: 'each end knows the other by the address the other has itself',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.shutdownWrite();
          },
          onEnd: (client) => client.close(),
        },
        {
          onEnd: (server) => {
            const client = world.peers.get('client')!;
            const same = (a: unknown, b: unknown): string => String(JSON.stringify(a) === JSON.stringify(b));
            server.note(same(server.address, client.localAddress));
            server.note(same(server.localAddress, client.address));
            server.close();
          },
        },
      ),
    expected: { client: ['connect', 'end'], server: ['end', 'true', 'true'] },
  },
  {
    title: 'connect to a port nobody listens on reports ECONNREFUSED',
    run: (world) => withFreePort(world, (port) => world.connect({ host: '127.0.0.1', port }, 'client')),
    expected: { client: ['close refused ECONNREFUSED'] },
  },
  {
    title: 'a refused connection names the attempt, the address and the port',
    run: (world) =>
      withFreePort(world, (port) => {
        world.connect({ host: '127.0.0.1', port }, 'client', {
          onClose: (client, reason) => {
            const { error } = reason as { error: TransportError };
            client.note(`${error.syscall} ${error.address} ${error.port === port}`);
          },
        });
      }),
    expected: { client: ['close refused ECONNREFUSED', 'connect 127.0.0.1 true'] },
  },
  {
    title: 'connect to an unknown name reports ENOTFOUND',
    run: (world) => void world.connect({ host: 'no-such-host.invalid', port: 80 }, 'client'),
    expected: { client: ['close failed ENOTFOUND'] },
  },
  {
    title: 'an unknown name is reported by the attempt to resolve it',
    run: (world) =>
      void world.connect({ host: 'no-such-host.invalid', port: 80 }, 'client', {
        onClose: (client, reason) => {
          const { error } = reason as { error: TransportError };
          client.note(`${error.syscall} ${error.address} ${error.port}`);
        },
      }),
    expected: {
      client: ['close failed ENOTFOUND', 'getaddrinfo no-such-host.invalid undefined'],
    },
  },
  {
    title: 'a connection by the name localhost is established',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: ({ port }) =>
            world.connect({ host: 'localhost', port }, 'client', { onConnect: (client) => client.close() }),
        },
      ),
    expected: { client: ['connect'], server: ['end'] },
  },
  {
    title: 'a connection over IPv6 is established',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.note(String((client.address as { host: string }).host));
            client.close();
          },
        },
        {},
        { host: '::1', port: 0 },
      ),
    expected: { client: ['connect', '::1'], server: ['end'] },
  },
  {
    title: 'close while connecting calls no handler',
    run: (world) =>
      void withFreePort(world, (port) => world.connect({ host: '127.0.0.1', port }, 'client').close()),
    expected: {},
  },
  {
    title: 'abort while connecting calls no handler',
    run: (world) =>
      void withFreePort(world, (port) => world.connect({ host: '127.0.0.1', port }, 'client').abort()),
    expected: {},
  },
  {
    title: 'connections are accepted in the order in which they were established',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        { one: {}, two: {} },
        {
          onListening: (listener) =>
            world.connect(listener.localAddress!, 'first', {
              onConnect: (first) => {
                first.sendText('first');
                world.connect(listener.localAddress!, 'second', {
                  onConnect: (second) => {
                    second.sendText('second');
                    second.close();
                    first.close();
                  },
                });
              },
            }),
        },
      ),
    expected: {
      first: ['connect'],
      second: ['connect'],
      one: ['data first', 'end'],
      two: ['data second', 'end'],
    },
  },
  {
    title: 'send while connecting accepts nothing',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: (listener) => {
            const client = world.connect(listener.localAddress!, 'client', {
              onConnect: (channel) => channel.close(),
            });
            client.note(`accepted ${client.sendText('early')}`);
          },
        },
      ),
    expected: { client: ['accepted 0', 'connect'], server: ['end'] },
  },
  {
    title: 'recv while connecting would block',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: (listener) => {
            const client = world.connect(listener.localAddress!, 'client', {
              onConnect: (channel) => channel.close(),
            });
            client.note(`received ${String(client.recv(10))}`);
          },
        },
      ),
    expected: { client: ['received null', 'connect'], server: ['end'] },
  },
  {
    title: 'a client that goes before it is accepted is accepted all the same',
    run: (world) => {
      const listener = world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: () => {
            listener.wantRead(false);
            world.connect(listener.localAddress!, 'client', {
              onConnect: (client) => {
                client.sendText('gone');
                client.close();
                world.afterQuiet(() => listener.wantRead(true));
              },
            });
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['data gone', 'end'] },
  },
];
