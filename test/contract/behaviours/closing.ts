import type { Behaviour } from '../world.ts';
import { LOOPBACK } from '../world.ts';

export const CLOSING: readonly Behaviour[] = [
  {
    title: 'close delivers what was accepted',
    run: (world) => {
      let received = 0;
      world.pair(
        {
          onConnect: (client) => {
            const accepted = client.send(new Uint8Array(100_000));
            client.note(`accepted ${accepted}`);
            client.close();
          },
        },
        {
          onRead: (server) => {
            const part = server.recv(65536);
            if (part instanceof Uint8Array) received += part.length;
          },
          onEnd: (server) => {
            server.note(`received ${received}`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'accepted 100000'], server: ['end', 'received 100000'] },
  },
  {
    title: 'close in handleConnect is final',
    run: (world) =>
      world.pair({ onConnect: (client) => client.close(), onWrite: (client) => client.note('write') }, {}),
    expected: { client: ['connect'], server: ['end'] },
  },
  {
    title: 'close in handleRead is final',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('bye');
            client.shutdownWrite();
          },
        },
        { onData: (server) => server.close(), onEnd: (server) => server.note('late') },
      ),
    expected: { client: ['connect', 'end'], server: ['data bye'] },
  },
  {
    title: 'close in handleWrite is final',
    run: (world) =>
      world.pair(
        {
          onWrite: (client) => {
            client.note('write');
            client.close();
            client.note(client.channelState);
          },
        },
        {},
      ),
    expected: { client: ['connect', 'write', 'closed'], server: ['end'] },
  },
  {
    title: 'close in handleEnd is final',
    run: (world) =>
      world.pair(
        {
          onEnd: (client) => {
            client.close();
            client.note(client.channelState);
          },
        },
        { onConnect: (server) => server.close() },
      ),
    expected: { client: ['connect', 'end', 'closed'] },
  },
  {
    title: 'close in handleClose does nothing more',
    run: (world) =>
      world.pair(
        {
          onClose: (client) => {
            client.close();
            client.abort();
            client.note(client.channelState);
          },
          onConnect: (client) => client.sendText('x'),
        },
        { onData: (server) => server.abort() },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET', 'closed'], server: ['data x'] },
  },
  {
    title: 'close in handleAccepted ends the listener alone',
    run: (world) => {
      const listener = world.listen(
        LOOPBACK,
        {},
        {
          onListening: () => void world.connect(listener.localAddress!, 'client'),
          onAccepted: (_server, endpoint) => {
            listener.close();
            endpoint.send(new TextEncoder().encode('hello'));
            endpoint.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'data hello', 'end'] },
  },
  {
    title: 'close in a timer is final',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.callLater(1, () => {
              client.close();
              client.note(client.channelState);
            });
          },
        },
        { onEnd: (server) => server.close() },
      ),
    expected: { client: ['connect', 'closed'], server: ['end'] },
  },
  {
    title: 'close by another channel is final',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => client.sendText('close me'),
          onEnd: (client) => client.note('late'),
        },
        {
          onData: (server) => {
            world.peers.get('client')!.close();
            server.note('closed the client');
          },
        },
      ),
    expected: { client: ['connect'], server: ['data close me', 'closed the client', 'end'] },
  },
  {
    title: 'the default for the end of stream is to close with the reason end',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.handleEnd = () =>
              Object.getPrototypeOf(Object.getPrototypeOf(client)).handleEnd.call(client);
          },
        },
        { onConnect: (server) => server.close() },
      ),
    expected: { client: ['connect', 'close end'] },
  },
  {
    title: 'an exception in handleRead closes its channel by reset',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.sendText('x') },
        {
          onRead: () => {
            throw new Error('broken handler');
          },
        },
      ),
    expected: {
      client: ['connect', 'close reset ECONNRESET'],
      server: ['error broken handler', 'close exception'],
    },
  },
  {
    title: 'an exception in handleConnect closes its channel by reset',
    run: (world) =>
      world.pair(
        {
          onConnect: () => {
            throw new Error('broken handler');
          },
        },
        {},
      ),
    expected: {
      client: ['connect', 'error broken handler', 'close exception'],
      server: ['close reset ECONNRESET'],
    },
  },
  {
    title: 'an exception in one channel leaves another alone',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {
          one: {
            onRead: () => {
              throw new Error('broken handler');
            },
          },
          two: {},
        },
        {
          onListening: (listener) =>
            world.connect(listener.localAddress!, 'first', {
              onConnect: (first) => {
                world.connect(listener.localAddress!, 'second', {
                  onConnect: (second) => {
                    first.sendText('x');
                    world.afterQuiet(() => {
                      second.sendText('alive');
                      second.close();
                    });
                  },
                });
              },
            }),
        },
      ),
    expected: {
      first: ['connect', 'close reset ECONNRESET'],
      one: ['error broken handler', 'close exception'],
      second: ['connect'],
      two: ['data alive', 'end'],
    },
  },
  {
    title: 'a closed channel refuses every call with ERR_CHANNEL_CLOSED',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.close();
            for (const call of [
              () => client.sendText('x'),
              () => client.recv(1),
              () => client.shutdownWrite(),
            ]) {
              try {
                call();
                client.note('no error');
              } catch (error) {
                client.note((error as { code: string }).code);
              }
            }
          },
        },
        {},
      ),
    expected: {
      client: ['connect', 'ERR_CHANNEL_CLOSED', 'ERR_CHANNEL_CLOSED', 'ERR_CHANNEL_CLOSED'],
      server: ['end'],
    },
  },
];
