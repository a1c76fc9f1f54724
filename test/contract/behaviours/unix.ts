import type { TransportError } from '../../../src/core/index.ts';
import { type Behaviour, describeReason } from '../world.ts';

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
  {
    title: 'half-close works over a Unix-domain connection',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.shutdownWrite(), onData: (client) => client.note('still reading') },
        {
          onEnd: (server) => {
            server.sendText('late');
            server.close();
          },
        },
        { path: world.path },
      ),
    expected: { client: ['connect', 'data late', 'still reading', 'end'], server: ['end'] },
  },
  {
    title: 'the ends of a Unix-domain connection are known by the path, or by nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.note(
              JSON.stringify(client.address) === JSON.stringify({ path: world.path }) ? 'path' : 'other',
            );
            client.close();
          },
        },
        {},
        { path: world.path },
      ),
    expected: { client: ['connect', 'path'], server: ['end'] },
  },
  {
    title: 'a client that closes at once is accepted, and has ended',
    run: (world) => world.pair({ onConnect: (client) => client.close() }, {}, { path: world.path }),
    expected: { client: ['connect'], server: ['end'] },
  },
  {
    title: 'a Unix-domain path below a file reports ENOTDIR',
    run: (world) => {
      world.disk.write(world.path, 'a file');
      world.connect({ path: `${world.path}/below` }, 'below');
    },
    expected: { below: ['close failed ENOTDIR'] },
  },
  {
    title: 'connect to a path that is a regular file reports ECONNREFUSED',
    run: (world) => {
      world.disk.write(world.path, 'a file');
      world.connect({ path: world.path }, 'client');
    },
    expected: { client: ['close refused ECONNREFUSED'] },
  },
  {
    title: 'listen on a path that is a regular file reports EADDRINUSE',
    run: (world) => {
      world.disk.write(world.path, 'a file');
      world.listen({ path: world.path }, {});
    },
    expected: { listener: ['close failed EADDRINUSE'] },
  },
  {
    title: 'a socket’s file without a listener refuses, is in use, and is free once it is removed',
    run: (world) => {
      const stale = `${world.path}-stale`;
      world.listen(
        { path: world.path },
        {},
        {
          onListening: (first) => {
            // A listener that closes unlinks the path it was bound to.
            world.disk.rename(world.path, stale);
            first.close();
            world.connect({ path: stale }, 'client', {
              onClose: () =>
                world.listen(
                  { path: stale },
                  {},
                  {
                    onClose: () => {
                      world.disk.remove(stale);
                      world.pair({ onConnect: (late) => late.close() }, {}, { path: stale });
                    },
                  },
                  { name: 'early' },
                ),
            });
          },
        },
      );
    },
    expected: {
      client: ['close refused ECONNREFUSED', 'connect'],
      early: ['close failed EADDRINUSE'],
      server: ['end'],
    },
  },
  {
    title: 'a socket cannot be opened as a file: ENXIO',
    run: (world) =>
      void world.listen(
        { path: world.path },
        {},
        {
          onListening: (listener) => {
            // The machine's files are in use.
            world.disk.write(`${world.path}-other`, '');
            world.openFile(world.path, 'file').handleClose = (reason) => {
              world.note('file', describeReason(reason));
              listener.close();
            };
          },
        },
      ),
    expected: { file: ['failed ENXIO'] },
  },
  {
    title: 'a socket whose file is renamed is reached at its new name',
    run: (world) => {
      const moved = `${world.path}-moved`;
      world.listen(
        { path: world.path },
        { server: {} },
        {
          onListening: (listener) => {
            world.disk.rename(world.path, moved);
            world.connect({ path: world.path }, 'early', {
              onClose: () =>
                world.connect({ path: moved }, 'client', { onConnect: (client) => client.close() }),
            });
            void listener;
          },
        },
      );
    },
    expected: { early: ['close failed ENOENT'], client: ['connect'], server: ['end'] },
  },
  {
    title: 'a megabyte crosses a Unix-domain connection to a reader that starts late',
    run: (world) => {
      let received = 0;
      let left = 1_000_000;
      world.pair(
        {
          onWrite: (client) => {
            left -= client.send(new Uint8Array(left));
            if (left === 0) client.close();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => server.wantRead(true));
          },
          onRead: (server) => {
            const part = server.recv(65536);
            if (part instanceof Uint8Array) received += part.length;
          },
          onEnd: (server) => {
            server.note(`${received} bytes`);
            server.close();
          },
        },
        { path: world.path },
      );
    },
    expected: { client: ['connect'], server: ['end', '1000000 bytes'] },
  },
];
