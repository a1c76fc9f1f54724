// Programs as books on network programming have them (Stevens, UNIX Network Programming 1; RFC 1122, RFC 2525, RFC 9293): dialogues of
// several turns, orderly and disorderly ends of conversations.
import { isBytes } from '../../../src/core/index.ts';
import { type Behaviour, LOOPBACK, type Peer, type Script, type World } from '../world.ts';

/** Calls `action` for each line that has come; what is not a line yet waits. */
function lines(action: (peer: Peer, line: string) => void): (peer: Peer, received: string) => void {
  let rest = '';
  return (peer, received) => {
    rest += received;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (!peer.closed) action(peer, line);
    }
  };
}

/** Calls `action` once everything has come to rest, and again has, so many times. */
export function afterRests(world: World, count: number, action: () => void): void {
  if (count === 0) action();
  else world.afterQuiet(() => afterRests(world, count - 1, action));
}

const BIG_BYTES = 3_000_000;

export const TEXTBOOK: readonly Behaviour[] = [
  {
    title: 'a dialogue in which the server speaks first is carried line by line',
    run: (world) =>
      world.pair(
        {
          onData: lines((client, line) => {
            if (line.startsWith('220')) client.sendText('HELO\n');
            else if (line.startsWith('250')) client.sendText('QUIT\n');
            else client.shutdownWrite();
          }),
        },
        {
          onConnect: (server) => server.sendText('220 ready\n'),
          onData: lines((server, line) => {
            server.sendText(line === 'QUIT' ? '221 bye\n' : '250 hello\n');
          }),
        },
      ),
    expected: {
      client: ['connect', 'data 220 ready\n250 hello\n221 bye\n', 'end'],
      server: ['data HELO\nQUIT\n', 'end'],
    },
  },
  {
    title: 'fifty requests sent at once are answered in order',
    run: (world) => {
      const all = Array.from({ length: 50 }, (_, index) => `${index}\n`).join('');
      let answers = '';
      world.pair(
        {
          onConnect: (client) => {
            client.sendText(all);
            client.shutdownWrite();
          },
          onRead: (client) => {
            const part = client.recv(65536);
            if (isBytes(part)) answers += new TextDecoder().decode(part);
          },
          onEnd: (client) => {
            client.note(String(answers === all));
            client.close();
          },
        },
        {
          onRead: (server) => {
            const part = server.recv(7);
            if (isBytes(part)) server.send(part);
          },
        },
      );
    },
    expected: { client: ['connect', 'end', 'true'], server: ['end'] },
  },
  {
    title: 'a lingering close lets a client that still sends read the whole answer',
    run: (world) => {
      let left = BIG_BYTES;
      world.pair(
        {
          onWrite: (client) => {
            left -= client.send(new Uint8Array(Math.min(left, 65536)));
            if (left > 0) client.wantWrite(true);
            else client.shutdownWrite();
          },
        },
        {
          onConnect: (server) => {
            server.sendText('413 too large');
            server.shutdownWrite();
          },
          onRead: (server) => void server.recv(65536),
        },
      );
    },
    expected: { client: ['connect', 'data 413 too large', 'end'], server: ['end'] },
  },
  {
    title: 'a server that closes at once under a client that still sends resets it',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.wantRead(false);
            const push = (): void => {
              if (client.closed) return;
              client.send(new Uint8Array(65536));
              world.afterQuiet(push);
            };
            push();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            afterRests(world, 3, () => server.close());
          },
        },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'] },
  },
  {
    title: 'both ends may close at once',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) =>
            afterRests(world, 2, () => {
              client.close();
              world.peers.get('server')!.close();
            }),
        },
        {},
      ),
    expected: { client: ['connect'] },
  },
  {
    title: 'both ends may shut down at once with bytes crossing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) =>
            afterRests(world, 2, () => {
              for (const peer of [client, world.peers.get('server')!]) {
                peer.sendText(`from ${peer.name}`);
                peer.shutdownWrite();
              }
            }),
        },
        {},
      ),
    expected: {
      client: ['connect', 'data from server', 'end'],
      server: ['data from client', 'end'],
    },
  },
  {
    title: 'both ends may abort at once',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) =>
            afterRests(world, 2, () => {
              client.abort();
              world.peers.get('server')!.abort();
            }),
        },
        {},
      ),
    expected: { client: ['connect'] },
  },
  {
    title: 'a server that is done sending reads on until the client is',
    run: (world) => {
      let received = 0;
      let left = BIG_BYTES;
      const push = (client: Peer): void => {
        left -= client.send(new Uint8Array(Math.min(left, 65536)));
        if (left > 0) client.wantWrite(true);
        else client.close();
      };
      world.pair(
        {
          onEnd: (client) => push(client),
          onWrite: (client) => {
            if (left < BIG_BYTES) push(client);
          },
        },
        {
          onConnect: (server) => server.shutdownWrite(),
          onRead: (server) => {
            const part = server.recv(65536);
            if (isBytes(part)) received += part.length;
          },
          onEnd: (server) => {
            server.note(`${received} bytes`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'end'], server: ['end', `${BIG_BYTES} bytes`] },
  },
  {
    title: 'two ends that both write and do not read stop, and go on when they read',
    run: (world) => {
      const left = new Map<string, number>();
      const received = new Map<string, number>();
      const script = {
        onConnect: (peer: Peer) => {
          left.set(peer.name, 12_000_000);
          peer.wantRead(false);
          peer.wantWrite(true);
          afterRests(world, 6, () => {
            peer.note(left.get(peer.name)! > 0 ? 'stopped' : 'never stopped');
            peer.wantRead(true);
          });
        },
        onWrite: (peer: Peer) => {
          const sent = peer.send(new Uint8Array(Math.min(left.get(peer.name)!, 65536)));
          left.set(peer.name, left.get(peer.name)! - sent);
          if (left.get(peer.name)! > 0) peer.wantWrite(true);
          else peer.shutdownWrite();
        },
        onRead: (peer: Peer) => {
          const part = peer.recv(1 << 20);
          if (isBytes(part)) received.set(peer.name, (received.get(peer.name) ?? 0) + part.length);
        },
        onEnd: (peer: Peer) => {
          peer.note(`${received.get(peer.name)} bytes`);
          if (left.get(peer.name) === 0) peer.close();
          else world.afterQuiet(() => peer.close());
        },
      };
      world.pair(script, script);
    },
    expected: {
      client: ['connect', 'stopped', 'end', '12000000 bytes'],
      server: ['stopped', 'end', '12000000 bytes'],
    },
  },
  {
    title: 'a byte a turn arrives in order, and so does a byte a read',
    run: (world) => {
      let sent = 0;
      let received = '';
      world.pair(
        {
          onWrite: (client) => {
            client.sendText(String.fromCharCode(97 + (sent % 26)));
            sent += 1;
            if (sent < 1000) client.wantWrite(true);
            else client.close();
          },
        },
        {
          onRead: (server) => {
            const part = server.recv(1);
            if (isBytes(part)) received += String.fromCharCode(part[0]);
          },
          onEnd: (server) => {
            server.note(`${received.length} ${received.slice(-12)}`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['end', '1000 abcdefghijkl'] },
  },
  {
    title: 'a reader that rests between reads gets all of a large transfer',
    run: (world) => {
      let received = 0;
      let left = 1_000_000;
      world.pair(
        {
          onWrite: (client) => {
            left -= client.send(new Uint8Array(left));
            if (left > 0) client.wantWrite(true);
            else client.close();
          },
        },
        {
          onRead: (server) => {
            const part = server.recv(50_000);
            if (isBytes(part)) received += part.length;
            server.wantRead(false);
            server.callLater(1, () => server.wantRead(true));
          },
          onEnd: (server) => {
            server.note(`${received} bytes`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['end', '1000000 bytes'] },
  },
  {
    title: 'a control connection outlives the data connection that it arranges',
    run: (world) => {
      const unnoted = (action: (peer: Peer, line: string) => void): Pick<Script, 'onRead'> => {
        const take = lines(action);
        return {
          onRead: (peer) => {
            const part = peer.recv(65536);
            if (isBytes(part)) take(peer, new TextDecoder().decode(part));
          },
        };
      };
      world.pair(
        {
          onConnect: (client) => client.sendText('PASV\n'),
          ...unnoted((client, line) => {
            if (line === 'done') client.sendText('QUIT\n');
            else
              world.connect({ host: '127.0.0.1', port: Number(line) }, 'data', {
                onEnd: (data) => {
                  data.close();
                  client.sendText('got it\n');
                },
              });
          }),
        },
        unnoted((server, line) => {
          if (line === 'QUIT') server.close();
          else if (line === 'got it') server.sendText('done\n');
          else
            world.listen(
              LOOPBACK,
              {
                sender: {
                  onConnect: (sender) => {
                    sender.sendText('the file');
                    sender.close();
                  },
                },
              },
              { onListening: ({ port }) => server.sendText(`${port}\n`) },
              { name: 'data listener' },
            );
        }),
      );
    },
    expected: { client: ['connect', 'end'], data: ['connect', 'data the file', 'end'] },
  },
];
