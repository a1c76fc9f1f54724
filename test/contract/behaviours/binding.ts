// Where a connection comes from, ports that are spoken for, and addresses in other spellings.
import {
  type Address,
  type InternetAddress,
  isUnixAddress,
  type TransportError,
} from '../../../src/core/index.ts';
import { type Behaviour, LOOPBACK, Peer, type Script, type Server, type World } from '../world.ts';
import { afterRests } from './textbook.ts';

/** A client that is bound before it connects. */
function connectFrom(world: World, local: Address, remote: Address, name: string, script: Script = {}): Peer {
  const peer = new Peer(world, name, script);
  peer.bind(local);
  world.peers.set(name, peer);
  peer.connect(remote);
  return peer;
}

const hostOf = (address: Address | null): string =>
  address === null || isUnixAddress(address) ? 'nowhere' : address.host;

const portOf = (address: Address | null): number => (address as InternetAddress).port;

/** What failed, and where. */
const noteError: Script['onClose'] = (peer, reason) => {
  const { error } = reason as { error: TransportError };
  if (error !== undefined) peer.note(`${error.syscall} ${error.address}`);
};

const reach =
  (bound: string, asked: string): Behaviour['run'] =>
  (world) =>
    void world.listen(
      { host: bound, port: 0 },
      {
        server: {
          onConnect: (server) => server.note(`${hostOf(server.address)} → ${hostOf(server.localAddress)}`),
        },
      },
      {
        onListening: ({ port }) =>
          world.connect({ host: asked, port }, 'client', {
            onConnect: (client) => {
              client.note(`from ${hostOf(client.localAddress)}`);
              client.close();
            },
          }),
      },
    );

/** A connection from a port that the machine has given it, and a listener of its own that says what comes of it. */
function listenBeside(host: string): Behaviour['run'] {
  return (world) =>
    world.pair(
      {
        onConnect: (client) => {
          world.listen(
            { host, port: portOf(client.localAddress) },
            {},
            {
              onListening: (second) => {
                second.note('listening');
                second.close();
              },
            },
            { name: 'second' },
          );
          afterRests(world, 2, () => client.close());
        },
      },
      {},
    );
}

/** A listener that closes at once: its port is free. */
function withFreePort(world: World, use: (port: number) => void): void {
  const listener = world.listen(
    LOOPBACK,
    {},
    {
      onListening: ({ port }) => {
        listener.close();
        use(port);
      },
    },
  );
}

/** Two listeners on ports of their own; `use` is called once both listen. */
function twoListeners(world: World, peers: Record<string, Script>, use: (servers: Server[]) => void): void {
  const servers: Server[] = [];
  let listening = 0;
  for (const name of Object.keys(peers))
    servers.push(
      world.listen(
        LOOPBACK,
        { [name]: peers[name] },
        {
          onListening: () => {
            listening += 1;
            if (listening === servers.length) use(servers);
          },
        },
      ),
    );
}

const IPV4 = '127.0.0.1';
const MAPPED = '::ffff:127.0.0.1';

export const BINDING: readonly Behaviour[] = [
  {
    title: 'an IPv4 address in IPv6’s form reaches an IPv4 listener, and is shown in that form',
    run: reach(IPV4, MAPPED),
    expected: { client: ['connect', `from ${MAPPED}`], server: [`${IPV4} → ${IPV4}`, 'end'] },
  },
  {
    title: 'a listener on an IPv4 address in IPv6’s form is reached by IPv4, and sees that form',
    run: reach(MAPPED, IPV4),
    expected: { client: ['connect', `from ${IPV4}`], server: [`${MAPPED} → ${MAPPED}`, 'end'] },
  },
  {
    title: 'an address in another spelling is the same address',
    run: reach('0:0:0:0:0:0:0:1', '0000::0001'),
    expected: { client: ['connect', 'from ::1'], server: ['::1 → ::1', 'end'] },
  },
  {
    title: 'an IPv4 address in the short spelling of inet_aton is the same address',
    run: reach('127.1', '0x7f.1'),
    expected: { client: ['connect', `from ${IPV4}`], server: [`${IPV4} → ${IPV4}`, 'end'] },
  },
  {
    title: 'localhost in capitals is localhost',
    run: reach(IPV4, 'LocalHost'),
    expected: { client: ['connect', `from ${IPV4}`], server: [`${IPV4} → ${IPV4}`, 'end'] },
  },
  ...['224.0.0.1', '255.255.255.255', '127.255.255.255', 'ff02::1'].map((host) => ({
    title: `connect to ${host}, which is for many, reports ENETUNREACH`,
    run: (world: World) => void world.connect({ host, port: 80 }, 'client'),
    expected: { client: ['close failed ENETUNREACH'] },
  })),
  {
    title: 'a client that is bound to an address of loopback comes from there',
    run: (world) =>
      void world.listen(
        { host: '0.0.0.0', port: 0 },
        { server: { onConnect: (server) => server.note(hostOf(server.address)) } },
        {
          onListening: ({ port }) =>
            connectFrom(world, { host: '127.0.0.9', port: 0 }, { host: IPV4, port }, 'client', {
              onConnect: (client) => client.close(),
            }),
        },
      ),
    expected: { client: ['connect'], server: ['127.0.0.9', 'end'] },
  },
  {
    title: 'a client that is bound to an address of another family reports EINVAL',
    run: (world) =>
      void connectFrom(world, { host: '::1', port: 0 }, { host: IPV4, port: 80 }, 'client', {
        onClose: noteError,
      }),
    expected: { client: ['close failed EINVAL', 'bind ::1'] },
  },
  {
    title: 'a client that is bound to an address of another machine reports EADDRNOTAVAIL',
    run: (world) =>
      void connectFrom(world, { host: '192.0.2.7', port: 0 }, { host: IPV4, port: 80 }, 'client', {
        onClose: noteError,
      }),
    expected: { client: ['close failed EADDRNOTAVAIL', 'bind 192.0.2.7'] },
  },
  {
    title: 'a client that is bound to a port where somebody listens reports EADDRINUSE',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (listener) =>
            connectFrom(world, listener.localAddress!, { host: IPV4, port: 80 }, 'client', {
              onClose: (client, reason) => {
                noteError(client, reason);
                listener.close();
              },
            }),
        },
      ),
    expected: { client: ['close failed EADDRINUSE', 'bind 127.0.0.1'] },
  },
  {
    title: 'a client that is bound to the port of a connection that did not ask for one reports EADDRINUSE',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) =>
            connectFrom(world, client.localAddress!, { host: IPV4, port: 80 }, 'second', {
              onClose: (second, reason) => {
                noteError(second, reason);
                client.close();
              },
            }),
        },
        {},
      ),
    expected: { client: ['connect'], second: ['close failed EADDRINUSE', 'bind 127.0.0.1'], server: ['end'] },
  },
  {
    title: 'two clients that are bound to one port speak to two listeners',
    run: (world) =>
      withFreePort(world, (port) =>
        twoListeners(world, { one: {}, two: {} }, (servers) => {
          for (const [index, server] of servers.entries())
            connectFrom(world, { host: IPV4, port }, server.localAddress!, `client ${index}`, {
              onConnect: (client) => afterRests(world, 3, () => client.close()),
            });
        }),
      ),
    expected: { 'client 0': ['connect'], 'client 1': ['connect'], one: ['end'], two: ['end'] },
  },
  {
    title: 'a second connection between the same two ports reports EADDRNOTAVAIL',
    run: (world) =>
      withFreePort(
        world,
        (port) =>
          void world.listen(
            LOOPBACK,
            { server: {}, never: {} },
            {
              onListening: (listener) =>
                connectFrom(world, { host: IPV4, port }, listener.localAddress!, 'client', {
                  onConnect: (client) =>
                    connectFrom(world, { host: IPV4, port }, listener.localAddress!, 'second', {
                      onClose: () => {
                        client.close();
                        listener.close();
                      },
                    }),
                }),
            },
          ),
      ),
    expected: { client: ['connect'], second: ['close failed EADDRNOTAVAIL'], server: ['end'] },
  },
  {
    title: 'a port is free to connect from again as soon as its connection has closed there first',
    run: (world) => {
      withFreePort(
        world,
        (port) =>
          void world.listen(
            LOOPBACK,
            { one: {}, two: {} },
            {
              onListening: (listener) =>
                connectFrom(world, { host: IPV4, port }, listener.localAddress!, 'first', {
                  onConnect: (first) => {
                    first.close();
                    afterRests(world, 3, () =>
                      connectFrom(world, { host: IPV4, port }, listener.localAddress!, 'second', {
                        onConnect: (second) => second.close(),
                      }),
                    );
                  },
                }),
            },
          ),
      );
    },
    expected: { first: ['connect'], second: ['connect'], one: ['end'], two: ['end'] },
  },
  ...[IPV4, '0.0.0.0', '::'].map((host) => ({
    title: `listen on ${host} with the port of a connection that did not ask for one reports EADDRINUSE`,
    run: listenBeside(host),
    expected: { client: ['connect'], second: ['close failed EADDRINUSE'], server: ['end'] },
  })),
  {
    title: 'listen on 127.0.0.2 with the port of a connection from 127.0.0.1 is free',
    run: listenBeside('127.0.0.2'),
    expected: { client: ['connect'], second: ['listening'], server: ['end'] },
  },
  {
    title: 'a client that connects to where it is bound meets itself',
    run: (world) =>
      withFreePort(
        world,
        (port) =>
          void connectFrom(world, { host: IPV4, port }, { host: IPV4, port }, 'self', {
            onConnect: (self) => {
              self.sendText('hello, self');
              self.shutdownWrite();
            },
          }),
      ),
    expected: { self: ['connect', 'data hello, self', 'end'] },
  },
  {
    title: 'a client that meets itself can abort',
    run: (world) =>
      withFreePort(
        world,
        (port) =>
          void connectFrom(world, { host: IPV4, port }, { host: IPV4, port }, 'self', {
            onConnect: (self) => {
              self.sendText('unread');
              self.abort();
            },
          }),
      ),
    expected: { self: ['connect'] },
  },
];
