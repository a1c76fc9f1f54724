import { type Behaviour, LOOPBACK, type Peer, type Server, type World } from '../world.ts';

/** Listens at one address, connects to its port at another. */
function across(listening: string, dialed: string, options: { readonly ipv6Only?: boolean } = {}) {
  return (world: World): void =>
    void world.listen(
      { host: listening, port: 0 },
      { server: { onConnect: (server) => server.note(`from ${(server.address as { host: string }).host}`) } },
      {
        onListening: (listener) =>
          world.connect({ host: dialed, port: listener.port }, 'client', {
            onConnect: (client) => client.close(),
            onClose: () => listener.close(),
          }),
      },
      options,
    );
}

/** A second listener on the port of a first one. */
function besides(first: string, second: string) {
  return (world: World): void =>
    void world.listen(
      { host: first, port: 0 },
      {},
      {
        onListening: (listener) => {
          const done = (other: Server): void => {
            other.close();
            listener.close();
          };
          world.listen(
            { host: second, port: listener.port },
            {},
            {
              onListening: (other) => {
                other.note('listening');
                done(other);
              },
              onClose: done,
            },
            { name: 'second' },
          );
        },
      },
    );
}

export const ADDRESSES: readonly Behaviour[] = [
  {
    title: 'a listener on 0.0.0.0 is reached at 127.0.0.1',
    run: across('0.0.0.0', '127.0.0.1'),
    expected: { client: ['connect'], server: ['from 127.0.0.1', 'end'] },
  },
  {
    title: 'a listener on 0.0.0.0 is reached at every address of loopback',
    run: across('0.0.0.0', '127.0.0.2'),
    expected: { client: ['connect'], server: ['from 127.0.0.1', 'end'] },
  },
  {
    title: 'a listener on one address of loopback is not reached at another',
    run: across('127.0.0.2', '127.0.0.1'),
    expected: { client: ['close refused ECONNREFUSED'] },
  },
  {
    title: 'a listener on :: is reached by IPv4, and sees mapped addresses',
    run: across('::', '127.0.0.1'),
    expected: { client: ['connect'], server: ['from ::ffff:127.0.0.1', 'end'] },
  },
  {
    title: 'a listener on :: is reached by IPv6',
    run: across('::', '::1'),
    expected: { client: ['connect'], server: ['from ::1', 'end'] },
  },
  {
    title: 'a listener on :: for IPv6 alone is not reached by IPv4',
    run: across('::', '127.0.0.1', { ipv6Only: true }),
    expected: { client: ['close refused ECONNREFUSED'] },
  },
  {
    title: 'a listener on ::1 is not reached at 127.0.0.1',
    run: across('::1', '127.0.0.1'),
    expected: { client: ['close refused ECONNREFUSED'] },
  },
  {
    title: 'connecting to 0.0.0.0 reaches this machine',
    run: across('127.0.0.1', '0.0.0.0'),
    expected: { client: ['connect'], server: ['from 127.0.0.1', 'end'] },
  },
  {
    title: 'two addresses of loopback have their own ports',
    run: besides('127.0.0.1', '127.0.0.2'),
    expected: { second: ['listening'] },
  },
  {
    title: 'IPv4 and IPv6 loopback have their own ports',
    run: besides('127.0.0.1', '::1'),
    expected: { second: ['listening'] },
  },
  {
    title: 'a port that is in use on 0.0.0.0 is in use on 127.0.0.1',
    run: besides('0.0.0.0', '127.0.0.1'),
    expected: { second: ['close failed EADDRINUSE'] },
  },
  {
    title: 'a port that is in use on :: is in use on 0.0.0.0',
    run: besides('::', '0.0.0.0'),
    expected: { second: ['close failed EADDRINUSE'] },
  },
  {
    title: 'several clients come from ports of their own',
    run: (world) => {
      const ports = new Set<number>();
      const script = {
        onConnect: (server: Peer) => {
          ports.add((server.address as { port: number }).port);
          if (ports.size === 3) server.note('three ports');
        },
      };
      world.listen(
        LOOPBACK,
        { first: script, second: script, third: script },
        {
          onListening: (listener) => {
            for (const name of ['a', 'b', 'c'])
              world.connect(listener.localAddress!, name, { onConnect: (client) => client.close() });
          },
        },
      );
    },
    expected: {
      a: ['connect'],
      b: ['connect'],
      c: ['connect'],
      first: ['end'],
      second: ['end'],
      third: ['three ports', 'end'],
    },
  },
];
