import type { TransportError } from '../../../src/core/index.ts';
import type { Behaviour } from '../world.ts';

export const UNIX: readonly Behaviour[] = [
  {
    title: 'a Unix-domain connection carries bytes both ways',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('ping');
            client.shutdownWrite();
          },
        },
        { onData: (server) => server.sendText('pong') },
        { path: world.path },
      ),
    expected: { client: ['connect', 'data pong', 'end'], server: ['data ping', 'end'] },
  },
  {
    title: 'connect to a path that is not there reports ENOENT',
    run: (world) =>
      void world.connect({ path: world.path }, 'client', {
        onClose: (client, reason) => {
          const { error } = reason as { error: TransportError };
          client.note(`${error.syscall} ${error.path === world.path} ${error.port}`);
        },
      }),
    expected: { client: ['close failed ENOENT', 'connect true undefined'] },
  },
  {
    title: 'listen on a path in use reports EADDRINUSE',
    run: (world) =>
      void world.listen(
        { path: world.path },
        {},
        {
          onListening: (first) =>
            world.listen({ path: world.path }, {}, { onClose: () => first.close() }, { name: 'second' }),
        },
      ),
    expected: { second: ['close failed EADDRINUSE'] },
  },
  {
    title: 'a path is free again as soon as its listener has closed',
    run: (world) =>
      void world.listen(
        { path: world.path },
        {},
        {
          onListening: (first) => {
            first.close();
            world.listen(
              { path: world.path },
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
    title: 'close of a Unix-domain connection with unread bytes gives the peer ECONNRESET',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.sendText('unread') },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => server.close());
          },
        },
        { path: world.path },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'] },
  },
];
