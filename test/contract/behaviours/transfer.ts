import { END_OF_STREAM, isBytes } from '../../../src/core/index.ts';
import type { Behaviour } from '../world.ts';

/** Bytes whose place can be told from their value. */
export function numbered(sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

export const TRANSFER: readonly Behaviour[] = [
  {
    title: 'two sends arrive in order',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('one ');
            client.sendText('two');
            client.close();
          },
        },
        {},
      ),
    expected: { client: ['connect'], server: ['data one two', 'end'] },
  },
  {
    title: 'bytes changed after send arrive as they were',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            const data = new TextEncoder().encode('before');
            client.send(data);
            data.fill(0);
            client.close();
          },
        },
        {},
      ),
    expected: { client: ['connect'], server: ['data before', 'end'] },
  },
  {
    title: 'recv gives no more than it is asked for, and the rest afterwards',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('abcdef');
            client.close();
          },
        },
        {
          onRead: (server) => {
            const received = server.recv(2);
            if (isBytes(received)) server.note(new TextDecoder().decode(received));
          },
        },
      ),
    expected: { client: ['connect'], server: ['ab', 'cd', 'ef', 'end'] },
  },
  {
    title: 'recv of 0 bytes gives an empty array and takes nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('kept');
            client.close();
          },
        },
        {
          onRead: (server) => {
            const nothing = server.recv(0);
            if (isBytes(nothing)) server.note(`${nothing.length} bytes`);
            server.receive();
          },
        },
      ),
    expected: { client: ['connect'], server: ['0 bytes', 'data kept', 'end'] },
  },
  {
    title: 'recv with nothing received would block',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.note(String(client.recv(10)));
            client.close();
          },
        },
        {},
      ),
    expected: { client: ['connect', 'null'], server: ['end'] },
  },
  {
    title: 'send of no bytes accepts 0 and changes nothing',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.note(String(client.send(new Uint8Array(0))));
            client.sendText('after');
            client.close();
          },
        },
        {},
      ),
    expected: { client: ['connect', '0'], server: ['data after', 'end'] },
  },
  {
    title: 'received bytes are plain arrays, whose slice is a copy',
    run: (world) => {
      let kept = new Uint8Array(0);
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('keep');
            client.close();
          },
        },
        {
          onRead: (server) => {
            const received = server.recv(100);
            if (isBytes(received)) kept = received.slice();
          },
          onEnd: (server) => {
            server.note(`${kept.constructor.name} ${new TextDecoder().decode(kept)}`);
            server.close();
          },
        },
      );
    },
    expected: { client: ['connect'], server: ['end', 'Uint8Array keep'] },
  },
  {
    title: 'a received view sent on arrives unchanged',
    run: (world) =>
      world.pair(
        {
          onConnect: (client) => {
            client.sendText('there and back');
            client.shutdownWrite();
          },
        },
        {
          onRead: (server) => {
            const received = server.recv(100);
            if (isBytes(received)) server.send(received);
          },
        },
      ),
    expected: { client: ['connect', 'data there and back', 'end'], server: ['end'] },
  },
  {
    title: 'a hundred round trips arrive one by one',
    run: (world) => {
      let rounds = 0;
      world.pair(
        {
          onConnect: (client) => client.sendText('x'),
          onRead: (client) => {
            if (!isBytes(client.recv(100))) return;
            rounds += 1;
            if (rounds < 100) client.sendText('x');
            else {
              client.note(`${rounds} rounds`);
              client.close();
            }
          },
        },
        {
          onRead: (server) => {
            const received = server.recv(100);
            if (isBytes(received)) server.send(received);
          },
        },
      );
    },
    expected: { client: ['connect', '100 rounds'], server: ['end'] },
  },
  {
    title: 'three megabytes echoed by a slow writer come back unchanged',
    run: (world) => {
      const data = numbered(3_000_000);
      let sent = 0;
      let received = 0;
      let wrong = 0;
      world.pair(
        {
          onWrite: (client) => {
            sent += client.send(data.subarray(sent, sent + 100_000));
            if (sent === data.length) client.shutdownWrite();
            else client.wantWrite(true);
          },
          onRead: (client) => {
            const part = client.recv(50_000);
            if (!isBytes(part)) return;
            for (let index = 0; index < part.length; index += 1)
              if (part[index] !== data[received + index]) wrong += 1;
            received += part.length;
          },
          onEnd: (client) => {
            client.note(`${received} bytes, ${wrong} wrong`);
            client.close();
          },
        },
        {
          onRead: (server) => {
            server.wantRead(false);
            server.wantWrite(true);
          },
          onWrite: (server) => {
            const part = server.recv(70_001);
            if (!isBytes(part)) {
              server.wantRead(true);
              return;
            }
            let rest = part.slice();
            const push = (): void => {
              if (server.closed) return;
              rest = rest.subarray(server.send(rest));
              if (rest.length > 0) world.afterQuiet(push);
              else server.wantRead(true);
            };
            push();
          },
        },
      );
    },
    expected: { client: ['connect', 'end', '3000000 bytes, 0 wrong'], server: ['end'] },
  },
  {
    title: 'recv at the end of stream says so each time',
    run: (world) =>
      world.pair(
        { onConnect: (client) => client.close() },
        {
          onEnd: (server) => {
            server.note(String(server.recv(10) === END_OF_STREAM));
            server.note(String(server.recv(10) === END_OF_STREAM));
            server.close();
          },
        },
      ),
    expected: { client: ['connect'], server: ['end', 'true', 'true'] },
  },
];
