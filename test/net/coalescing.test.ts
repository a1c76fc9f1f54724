// What a simulated socket can receive at once: the network decides, as it does for dispatchers.
import { expect, test } from 'vitest';
import type { Family, Strategy } from '../../src/sim/index.ts';
import { NetWorld } from './support/net-world.ts';

const NODE = Number.parseInt(process.versions.node, 10);

const ALWAYS: Strategy = { begin: () => {}, choose: () => 1 };

/** What a server hears of two writes and a reset, or an end. */
async function hear(families: Family[], last: 'end' | 'resetAndDestroy'): Promise<unknown[][]> {
  const world = new NetWorld({ families, strategy: ALWAYS });
  world.serverNet.createServer((socket) => world.record(socket, ['data', 'end', 'error'])).listen(80);
  const client = world.net.connect(80, 'server', () => {
    client.write('a');
    client.write('b');
    client[last]();
  });
  await world.run();
  return world.events;
}

test('two writes arrive as two by default', async () => {
  expect(await hear([], 'end')).toEqual([['data', 'a'], ['data', 'b'], ['end']]);
});

test('two writes arrive as one where the network puts them together', async () => {
  expect(await hear(['coalesce'], 'end')).toEqual([['data', 'ab'], ['end']]);
});

test('a reset that comes after the bytes before it is told', async () => {
  expect(await hear(['coalesce'], 'resetAndDestroy')).toEqual([
    ['data', 'ab'],
    ['error', 'ECONNRESET'],
  ]);
});

test('a reset that comes together with the bytes before it looks like the end of stream up to Node 22', async () => {
  expect(await hear(['coalesce', 'end'], 'resetAndDestroy')).toEqual([
    ['data', 'ab'],
    NODE < 24 ? ['end'] : ['error', 'ECONNRESET'],
  ]);
});
