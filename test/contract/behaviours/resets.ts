import type { TransportError } from '../../../src/core/index.ts';
import { runMeeting } from '../meeting.ts';
import { runProgram } from '../program.ts';
import type { Behaviour } from '../world.ts';

export const RESETS: readonly Behaviour[] = [
  {
    title: 'abort gives the peer ECONNRESET',
    run: (world) => world.pair({ onConnect: (client) => client.abort() }, {}),
    expected: { client: ['connect'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'a reset names the attempt that met it',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.abort() },
        {
          onClose: (server, reason) =>
            server.note(String((reason as { error: TransportError }).error.syscall)),
        },
      ),
    expected: { client: ['connect'], server: ['close reset ECONNRESET', 'read'] },
  },
  {
    title: 'bytes sent right before an abort arrive, and then the reset',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('farewell');
            client.abort();
          },
        },
        {},
      ),
    expected: { client: ['connect'], server: ['data farewell', 'close reset ECONNRESET'] },
  },
  {
    title: 'bytes sent right before a close with unread bytes arrive, and then the reset',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.wantRead(false);
            world.afterQuiet(() => {
              client.sendText('farewell');
              client.close();
            });
          },
        },
        { onConnect: (server) => server.sendText('unread') },
      ),
    expected: { client: ['connect'], server: ['data farewell', 'close reset ECONNRESET'] },
  },
  {
    title: 'bytes received before a reset are handed over first',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('before');
            world.afterQuiet(() => client.abort());
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => world.afterQuiet(() => world.afterQuiet(() => server.wantRead(true))));
          },
        },
      ),
    expected: { client: ['connect'], server: ['data before', 'close reset ECONNRESET'] },
  },
  {
    title: 'bytes received before a reset are handed over in pieces as small as asked for',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('abcd');
            world.afterQuiet(() => client.abort());
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => world.afterQuiet(() => world.afterQuiet(() => server.wantRead(true))));
          },
          onRead: (server) => {
            server.receive(1);
          },
        },
      ),
    expected: { client: ['connect'], server: ['data abcd', 'close reset ECONNRESET'] },
  },
  {
    title: 'a failed write does not lose bytes received before',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('still to be read');
            world.afterQuiet(() => client.abort());
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() =>
              world.afterQuiet(() => {
                world.afterQuiet(() => {
                  server.sendText('into the void');
                  // Otherwise it would wait to send, and be told at once.
                  server.wantWrite(false);
                  world.afterQuiet(() => server.wantRead(true));
                });
              }),
            );
          },
        },
      ),
    expected: { client: ['connect'], server: ['data still to be read', 'close reset ECONNRESET'] },
  },
  {
    title: 'close with unread bytes is a reset',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.sendText('unread') },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => server.close());
          },
        },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'] },
  },
  {
    title: 'close with half of the bytes read is a reset',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.sendText('unread') },
        {
          onRead: (server) => {
            server.receive(3);
            server.close();
          },
        },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'], server: ['data unr'] },
  },
  {
    title: 'a write to a peer that has closed breaks the connection with EPIPE',
    run: (world) => {
      world.pair(
        {
          onEnd: (client) => {
            client.sendText('first');
            const again = (): void => {
              if (client.closed) return;
              client.sendText('again');
              world.afterQuiet(again);
            };
            world.afterQuiet(again);
          },
        },
        { onConnect: (server) => server.close() },
      );
    },
    expected: { client: ['connect', 'end', 'close reset EPIPE'] },
  },
  {
    title: 'a send that fails while bytes and the end of stream wait is told behind both',
    run: (world) =>
      runMeeting(world, [
        { kind: 'listen', listener: 0 },
        { kind: 'connect', connection: 0, listener: 0, client: 'plain', server: 'plain' },
        {
          kind: 'operate',
          connection: 0,
          end: 'client',
          operations: [{ kind: 'send', sizeBytes: 1 }, { kind: 'close' }],
        },
        {
          kind: 'operate',
          connection: 0,
          end: 'server',
          operations: [{ kind: 'send', sizeBytes: 1 }, { kind: 'read' }, { kind: 'send', sizeBytes: 1 }],
        },
      ]),
    expected: {
      'client 0 of connect 1': ['connect'],
      'server 0 of connect 1': ['accepted at 127.0.0.1 from 127.0.0.1', 'data x', 'end', 'close reset EPIPE'],
    },
  },
  {
    title: 'a second abort does nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.abort();
            client.abort();
            client.close();
          },
        },
        {},
      ),
    expected: { client: ['connect'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'abort after close changes nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.close();
            client.abort();
          },
        },
        {},
      ),
    expected: { client: ['connect'], server: ['end'] },
  },
  {
    title: 'abort after shutdownWrite is a reset',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.shutdownWrite();
            world.afterQuiet(() => client.abort());
          },
        },
        {
          onEnd: (server) => {
            const again = (): void => {
              if (server.closed) return;
              server.sendText('x');
              world.afterQuiet(again);
            };
            world.afterQuiet(() => world.afterQuiet(again));
          },
        },
      ),
    expected: { client: ['connect'], server: ['end', 'close reset EPIPE'] },
  },
  {
    title: 'a reset of one connection leaves another alone',
    run: (world) =>
      void world.listen(
        { host: '127.0.0.1', port: 0 },
        { one: {}, two: {} },
        {
          onListening: (listener) =>
            world.connect(listener.localAddress!, 'first', {
              onConnect: (first) => {
                world.connect(listener.localAddress!, 'second', {
                  onConnect: (second) => {
                    first.abort();
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
      first: ['connect'],
      second: ['connect'],
      one: ['close reset ECONNRESET'],
      two: ['data alive', 'end'],
    },
  },
  {
    // The last byte must not wait for an acknowledgement, or the reset overtakes it: docs/discoveries/reset-drops-waiting-bytes.md.
    title: 'small writes right before a close with unread input all arrive ahead of the reset',
    run: (world) =>
      runProgram(world, [
        { end: 'client', kind: 'send', sizeBytes: 1 },
        { end: 'server', kind: 'send', sizeBytes: 1 },
        { end: 'server', kind: 'read' },
        { end: 'client', kind: 'send', sizeBytes: 1 },
        { end: 'client', kind: 'send', sizeBytes: 1 },
        { end: 'client', kind: 'close' },
      ]),
    expected: { client: ['connect'], server: ['data xxx', 'close reset ECONNRESET'] },
  },
  {
    title:
      'a send that fails in the turn that begins to read leaves the reset to be told after what was received',
    run: (world) =>
      runMeeting(world, [
        { kind: 'listen', listener: 0 },
        { kind: 'connect', connection: 0, listener: 0, client: 'plain', server: 'plain' },
        { kind: 'operate', connection: 0, end: 'server', operations: [{ kind: 'send', sizeBytes: 1 }] },
        { kind: 'operate', connection: 0, end: 'client', operations: [{ kind: 'send', sizeBytes: 1 }] },
        {
          kind: 'operate',
          connection: 0,
          end: 'client',
          operations: [{ kind: 'send', sizeBytes: 1 }, { kind: 'close' }],
        },
        {
          kind: 'operate',
          connection: 0,
          end: 'server',
          operations: [{ kind: 'send', sizeBytes: 1 }, { kind: 'read' }],
        },
      ]),
    expected: {
      'client 0 of connect 1': ['connect'],
      'server 0 of connect 1': ['accepted at 127.0.0.1 from 127.0.0.1', 'data xx', 'close reset ECONNRESET'],
    },
  },
];
