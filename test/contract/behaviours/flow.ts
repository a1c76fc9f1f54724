import { isBytes } from '../../../src/core/index.ts';
import type { Behaviour, Peer } from '../world.ts';
import { numbered } from './transfer.ts';

/** Sends until nothing more is accepted. */
function fill(peer: Peer, chunk = new Uint8Array(65536)): number {
  let total = 0;
  for (;;) {
    const accepted = peer.send(chunk);
    total += accepted;
    if (accepted === 0) return total;
  }
}

export const FLOW: readonly Behaviour[] = [
  {
    title: 'handleWrite is called once after connect',
    run: (world) =>
      world.pair(
        {
          onWrite: (client) => {
            client.note('write');
            world.afterQuiet(() => client.close());
          },
        },
        {},
      ),
    expected: { client: ['connect', 'write'], server: ['end'] },
  },
  {
    title: 'write interest without anything to send is served once each time',
    run: (world) => {
      let writes = 0;
      world.pair(
        {
          onWrite: (client) => {
            writes += 1;
            client.note('write');
            if (writes < 3) world.afterQuiet(() => client.wantWrite(true));
            else client.close();
          },
        },
        {},
      );
    },
    expected: { client: ['connect', 'write', 'write', 'write'], server: ['end'] },
  },
  {
    title: 'a large send is cut short',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            const size = 64 * 1024 * 1024;
            const accepted = client.send(new Uint8Array(size));
            client.note(accepted > 0 && accepted < size ? 'short' : `accepted ${accepted}`);
            client.abort();
          },
        },
        {
          onRead: (server) => {
            server.recv(65536);
          },
        },
      ),
    expected: { client: ['connect', 'short'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'a peer that does not read stops its sender',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            let quietRounds = 0;
            const push = (): void => {
              quietRounds = fill(client) === 0 ? quietRounds + 1 : 0;
              if (quietRounds < 5) world.afterQuiet(push);
              else {
                client.note('stopped');
                client.abort();
              }
            };
            push();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            const look = (): void => {
              if (world.peers.get('client')!.closed) server.wantRead(true);
              else world.afterQuiet(look);
            };
            look();
          },
          onRead: (server) => {
            server.recv(1 << 20);
          },
        },
      ),
    expected: { client: ['connect', 'stopped'], server: ['close reset ECONNRESET'] },
  },
  {
    title: 'a sender that was stopped is called again once its peer reads',
    run: (world) => {
      let sent = 0;
      let received = 0;
      let wrong = 0;
      let stops = 0;
      const data = numbered(12_000_000);
      world.pair(
        {
          onWrite: (client) => {
            for (;;) {
              const accepted = client.send(data.subarray(sent, sent + 65536));
              sent += accepted;
              if (sent === data.length) {
                client.note(stops > 0 ? 'was stopped' : 'never stopped');
                client.close();
                return;
              }
              if (accepted === 0) break;
            }
            stops += 1;
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => world.afterQuiet(() => server.wantRead(true)));
          },
          onRead: (server) => {
            const part = server.recv(1 << 20);
            if (!isBytes(part)) return;
            for (let index = 0; index < part.length; index += 997)
              if (part[index] !== data[received + index]) wrong += 1;
            received += part.length;
          },
          onEnd: (server) => {
            server.note(`${received} bytes, ${wrong} wrong`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'was stopped'], server: ['end', '12000000 bytes, 0 wrong'] },
  },
  {
    title: 'a send cut short sets write interest',
    run: (world) => {
      let writes = 0;
      world.pair(
        {
          onConnect: (client) => {
            fill(client);
          },
          onWrite: (client) => {
            writes += 1;
            client.note('write');
            client.close();
          },
        },
        {
          onRead: (server) => {
            server.recv(1 << 20);
          },
        },
      );
      void writes;
    },
    expected: { client: ['connect', 'write'], server: ['end'] },
  },
  {
    title: 'a reset reaches a sender that was stopped',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            const push = (): void => {
              if (client.closed) return;
              fill(client);
              world.afterQuiet(push);
            };
            push();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => world.afterQuiet(() => server.abort()));
          },
        },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'] },
  },
  {
    title: 'a channel without read interest is not called until it has it',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('held');
            client.close();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => {
              server.note('now');
              server.wantRead(true);
            });
          },
        },
      ),
    expected: { client: ['connect'], server: ['now', 'data held', 'end'] },
  },
  {
    title: 'shutdownWrite behind bytes that wait ends the stream after them',
    run: (world) => {
      let sent = 0;
      let received = 0;
      world.pair(
        {
          onConnect: (client) => {
            sent = fill(client);
            client.shutdownWrite();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => server.wantRead(true));
          },
          onRead: (server) => {
            const part = server.recv(1 << 20);
            if (isBytes(part)) received += part.length;
          },
          onEnd: (server) => {
            server.note(sent === received ? 'all' : `${received} of ${sent}`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'end'], server: ['end', 'all'] },
  },
  {
    title: 'close behind bytes that wait delivers them',
    run: (world) => {
      let sent = 0;
      let received = 0;
      world.pair(
        {
          onConnect: (client) => {
            sent = fill(client);
            client.close();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => server.wantRead(true));
          },
          onRead: (server) => {
            const part = server.recv(1 << 20);
            if (isBytes(part)) received += part.length;
          },
          onEnd: (server) => {
            server.note(sent === received ? 'all' : `${received} of ${sent}`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['end', 'all'] },
  },
  {
    title: 'an overridden readable is asked until it says yes',
    run: (world) => {
      let mayRead = false;
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('asked');
            client.close();
          },
        },
        {
          onConnect: (server) => {
            server.wantRead(false);
            world.afterQuiet(() => {
              mayRead = true;
              server.wantRead(mayRead);
            });
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['data asked', 'end'] },
  },
];
