import type { TransportError } from '../../../src/core/index.ts';
import { type Behaviour, LOOPBACK } from '../world.ts';

export const LISTENING: readonly Behaviour[] = [
  {
    title: 'a listener on port 0 knows its real port once it listens',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (listener) => {
            listener.note(`listening ${listener.port > 0}`);
            listener.close();
          },
        },
      ),
    expected: { listener: ['listening true'] },
  },
  {
    title: 'listen calls no handler before it returns',
    run: (world) => {
      const listener = world.listen(
        LOOPBACK,
        {},
        {
          onListening: () => {
            listener.note('listening');
            listener.close();
          },
        },
      );
      listener.note('returned');
    },
    expected: { listener: ['returned', 'listening'] },
  },
  {
    title: 'listen on an address in use reports EADDRINUSE once',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (first) =>
            world.listen(first.localAddress!, {}, { onClose: () => first.close() }, { name: 'second' }),
        },
      ),
    expected: { second: ['close failed EADDRINUSE'] },
  },
  {
    title: 'an address in use is named with the attempt, the address and the port',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (first) =>
            world.listen(
              first.localAddress!,
              {},
              {
                onClose: (second, reason) => {
                  const { error } = reason as { error: TransportError };
                  second.note(`${error.syscall} ${error.address} ${error.port === first.port}`);
                  first.close();
                },
              },
              { name: 'second' },
            ),
        },
      ),
    expected: { second: ['close failed EADDRINUSE', 'listen 127.0.0.1 true'] },
  },
  {
    title: 'listen on every address of a port in use reports EADDRINUSE',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (first) =>
            world.listen(
              { host: '0.0.0.0', port: first.port },
              {},
              { onClose: () => first.close() },
              { name: 'second' },
            ),
        },
      ),
    expected: { second: ['close failed EADDRINUSE'] },
  },
  {
    title: 'listen on an address of another machine reports EADDRNOTAVAIL',
    run: (world) => void world.listen({ host: '192.0.2.1', port: 0 }, {}),
    expected: { listener: ['close failed EADDRNOTAVAIL'] },
  },
  {
    title: 'listen on an unknown name reports ENOTFOUND',
    run: (world) => void world.listen({ host: 'no-such-host.invalid', port: 0 }, {}),
    expected: { listener: ['close failed ENOTFOUND'] },
  },
  {
    title: 'a port is free again as soon as its listener has closed',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        {},
        {
          onListening: (first) => {
            const address = first.localAddress!;
            first.close();
            world.listen(
              address,
              {},
              {
                onListening: (second) => {
                  second.note('listening');
                  second.close();
                },
              },
              { name: 'second' },
            );
          },
        },
      ),
    expected: { second: ['listening'] },
  },
  {
    title: 'a listener closed before it listens calls no handler',
    run: (world) => world.listen(LOOPBACK, {}, { onListening: (listener) => listener.note('late') }).close(),
    expected: {},
  },
  {
    title: 'a listener that closes leaves its accepted connections alone',
    run: (world) =>
      world.pair(
        {
          onData: (client) => client.close(),
        },
        { onConnect: (server) => world.afterQuiet(() => server.sendText('still here')) },
      ),
    expected: { client: ['connect', 'data still here'], server: ['end'] },
  },
  {
    title: 'an exception in handleAccepted resets the connection, and the listener goes on',
    run: (world) => {
      let isFirst = true;
      const listener = world.listen(
        LOOPBACK,
        {},
        {
          onListening: () => {
            listener.wantRead(false);
            world.connect(listener.localAddress!, 'client', {
              onConnect: () => listener.wantRead(true),
              onClose: () => void world.connect(listener.localAddress!, 'second'),
            });
          },
          onAccepted: (_server, endpoint) => {
            if (isFirst) {
              isFirst = false;
              throw new Error('not now');
            }
            endpoint.close();
            listener.close();
          },
        },
      );
    },
    expected: {
      client: ['connect', 'close reset ECONNRESET'],
      listener: ['error not now'],
      second: ['connect', 'end'],
    },
  },
];
