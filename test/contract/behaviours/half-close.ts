import type { Behaviour } from '../world.ts';

export const HALF_CLOSE: readonly Behaviour[] = [
  {
    title: 'shutdownWrite ends one direction, and the other goes on',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('request');
            client.shutdownWrite();
          },
        },
        {
          onEnd: (server) => {
            server.sendText('reply');
            server.close();
          },
        },
      ),
    expected: { client: ['connect', 'data reply', 'end'], server: ['data request', 'end'] },
  },
  {
    title: 'shutdownWrite with nothing sent gives the peer the end of stream alone',
    run: (world) => world.pair({ onConnect: (client) => client.shutdownWrite() }, {}),
    expected: { client: ['connect', 'end'], server: ['end'] },
  },
  {
    title: 'a second shutdownWrite does nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.shutdownWrite();
            client.shutdownWrite();
          },
        },
        {},
      ),
    expected: { client: ['connect', 'end'], server: ['end'] },
  },
  {
    title: 'send after shutdownWrite is a mistake of the program',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.shutdownWrite();
            try {
              client.sendText('late');
            } catch (error) {
              client.note((error as { code: string }).code);
            }
          },
        },
        {},
      ),
    expected: { client: ['connect', 'ERR_CHANNEL_STATE', 'end'], server: ['end'] },
  },
  {
    title: 'both ends may shut down at once',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.shutdownWrite() },
        { onConnect: (server) => server.shutdownWrite() },
      ),
    expected: { client: ['connect', 'end'], server: ['end'] },
  },
  {
    title: 'a peer that has ended still receives',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => client.shutdownWrite(),
          onData: (client) => {
            if (client.reactor.size > 0) client.wantRead(true);
          },
        },
        {
          onEnd: (server) => {
            server.sendText('one ');
            world.afterQuiet(() => {
              server.sendText('two');
              server.close();
            });
          },
        },
      ),
    expected: { client: ['connect', 'data one two', 'end'], server: ['end'] },
  },
  {
    title: 'no write interest is served after shutdownWrite',
    run: (world) =>
      world.pair(
        {
          onWrite: (client) => {
            client.note('write');
            client.shutdownWrite();
            client.wantWrite(true);
          },
        },
        {},
      ),
    expected: { client: ['connect', 'write', 'end'], server: ['end'] },
  },
  {
    title: 'the end of stream waits while the channel does not read',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('last');
            client.shutdownWrite();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => {
              server.note('reading');
              server.wantRead(true);
            });
          },
        },
      ),
    expected: { client: ['connect', 'end'], server: ['reading', 'data last', 'end'] },
  },
  {
    title: 'shutdownWrite after the peer has closed is harmless',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => client.wantRead(false),
        },
        {
          onConnect: (server) => {
            server.close();
            world.afterQuiet(() => {
              const client = world.peers.get('client')!;
              client.shutdownWrite();
              client.wantRead(true);
            });
          },
        },
      ),
    expected: { client: ['connect', 'end'] },
  },
];
