// Many connections at once, and what happens to those who wait to be accepted.
import { type Behaviour, LOOPBACK, type Peer, type Script, type Server, type World } from '../world.ts';
import { afterRests } from './textbook.ts';

const MANY = 100;

const many = (script: Script): Record<string, Script> =>
  Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`server ${index}`, script]));

/** As many clients as there are servers; each does `act` once it is connected. */
function storm(world: World, act: (client: Peer) => void): void {
  world.listen(LOOPBACK, many({}), {
    onListening: (listener) => {
      for (let index = 0; index < MANY; index += 1)
        world.connect(listener.localAddress!, `client ${index}`, { onConnect: act });
    },
  });
}

/** A listener whose connections wait until `accept` is called. */
function lateListener(
  world: World,
  peers: Record<string, Script>,
  onListening: (listener: Server) => void,
): void {
  const listener = world.listen(LOOPBACK, peers, {
    onListening: () => {
      listener.wantRead(false);
      onListening(listener);
    },
  });
}

const each = (name: string, events: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`${name} ${index}`, events]));

export const STORMS: readonly Behaviour[] = [
  {
    title: 'a hundred clients that connect and close at once are all accepted, and have ended',
    run: (world) => storm(world, (client) => client.close()),
    expected: { ...each('client', ['connect']), ...each('server', ['end']) },
  },
  {
    title: 'a hundred clients that connect and abort at once are all accepted, and were reset',
    run: (world) => storm(world, (client) => client.abort()),
    expected: { ...each('client', ['connect']), ...each('server', ['close reset ECONNRESET']) },
  },
  {
    title: 'a hundred clients that say one thing and close are all heard',
    run: (world) =>
      storm(world, (client) => {
        client.sendText('hello');
        client.close();
      }),
    expected: { ...each('client', ['connect']), ...each('server', ['data hello', 'end']) },
  },
  {
    title: 'a client that aborts before it is accepted is accepted all the same, and was reset',
    run: (world) =>
      lateListener(world, { server: {} }, (listener) => {
        world.connect(listener.localAddress!, 'client', {
          onConnect: (client) => {
            client.abort();
            afterRests(world, 2, () => listener.wantRead(true));
          },
        });
      }),
    expected: { client: ['connect'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'bytes of a client that aborts before it is accepted are received, and then the reset',
    run: (world) =>
      lateListener(world, { server: {} }, (listener) => {
        world.connect(listener.localAddress!, 'client', {
          onConnect: (client) => {
            client.sendText('gone');
            client.abort();
            afterRests(world, 2, () => listener.wantRead(true));
          },
        });
      }),
    expected: { client: ['connect'], server: ['data gone', 'close reset ECONNRESET'] },
  },
  {
    title: 'a reset between accept and the first event is told as the first event',
    run: (world) =>
      world.pair(
        { onConnect: () => {} },
        {
          onConnect: (server) => {
            server.wantRead(false);
            afterRests(world, 2, () => {
              world.peers.get('client')!.abort();
              afterRests(world, 2, () => server.wantRead(true));
            });
          },
        },
      ),
    expected: { client: ['connect'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'a listener that closes resets whoever waits to be accepted',
    run: (world) =>
      lateListener(world, { server: {} }, (listener) => {
        world.connect(listener.localAddress!, 'client', {
          onConnect: () => afterRests(world, 2, () => listener.close()),
        });
      }),
    expected: { client: ['connect', 'close reset ECONNRESET'] },
  },
  {
    title: 'whoever waits to be accepted may send, and is heard when it is accepted',
    run: (world) =>
      lateListener(world, { server: { onData: (server) => server.sendText('late') } }, (listener) => {
        world.connect(listener.localAddress!, 'client', {
          onConnect: (client) => {
            client.sendText('early');
            client.shutdownWrite();
            afterRests(world, 2, () => listener.wantRead(true));
          },
        });
      }),
    expected: { client: ['connect', 'data late', 'end'], server: ['data early', 'end'] },
  },
  {
    title: 'a service that starts again takes its port while its old connections go on',
    run: (world) => {
      world.listen(
        LOOPBACK,
        { old: { onData: (old) => old.sendText('old') } },
        {
          onListening: (first) => {
            const address = first.localAddress!;
            world.connect(address, 'first', {
              onConnect: (client) =>
                afterRests(world, 2, () =>
                  world.listen(
                    address,
                    { new: { onData: (server) => server.sendText('new') } },
                    {
                      onListening: () =>
                        world.connect(address, 'second', {
                          onConnect: (second) => {
                            second.sendText('to new');
                            second.shutdownWrite();
                            client.sendText('to old');
                            client.shutdownWrite();
                          },
                        }),
                    },
                    { name: 'again' },
                  ),
                ),
            });
          },
        },
      );
    },
    expected: {
      first: ['connect', 'data old', 'end'],
      old: ['data to old', 'end'],
      second: ['connect', 'data new', 'end'],
      new: ['data to new', 'end'],
    },
  },
  {
    title: 'a connection that is refused can be tried again, and succeed',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (first) => {
            const address = first.localAddress!;
            first.close();
            world.connect(address, 'early', {
              onClose: () =>
                world.listen(
                  address,
                  { server: {} },
                  {
                    onListening: () => world.connect(address, 'late', { onConnect: (late) => late.close() }),
                  },
                  { name: 'second' },
                ),
            });
          },
        },
      ),
    expected: { early: ['close refused ECONNREFUSED'], late: ['connect'], server: ['end'] },
  },
  {
    title: 'a chain of three passes a reset on to its other end',
    run: (world) => {
      world.listen(
        LOOPBACK,
        {
          last: { onConnect: (last) => afterRests(world, 2, () => last.abort()) },
        },
        {
          onListening: (target) =>
            world.pair(
              {},
              {
                onConnect: (middle) => {
                  world.connect(target.localAddress!, 'onward', { onClose: () => middle.abort() });
                },
              },
            ),
        },
        { name: 'target' },
      );
    },
    expected: {
      onward: ['connect', 'close reset ECONNRESET'],
      client: ['connect', 'close reset ECONNRESET'],
    },
  },
  {
    title: 'a client that talks to two servers hears each on its own connection',
    run: (world) => {
      const answer = (text: string): Record<string, Script> => ({
        [text]: {
          onData: (server) => {
            server.sendText(text);
            server.close();
          },
        },
      });
      for (const [index, text] of ['one', 'two'].entries())
        world.listen(LOOPBACK, answer(text), {
          onListening: (listener) =>
            world.connect(listener.localAddress!, `to ${text}`, {
              onConnect: (client) => client.sendText(`ask ${index}`),
            }),
        });
    },
    expected: {
      one: ['data ask 0'],
      two: ['data ask 1'],
      'to one': ['connect', 'data one', 'end'],
      'to two': ['connect', 'data two', 'end'],
    },
  },
];
