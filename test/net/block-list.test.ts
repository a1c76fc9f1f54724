// Node has the option since 22.13 and 23.4; on earlier ones it is ignored there as here.
import net, { type TcpNetConnectOpts } from 'node:net';
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

const blockList = new net.BlockList();
blockList.addAddress('10.0.0.1');
blockList.addAddress('10.0.0.2');

const IS_KNOWN = 'blockList' in new net.Server({ blockList } as net.ServerOpts);

for (const [form, options] of Object.entries({
  'an address': { host: '10.0.0.1' },
  'a name': { host: 'server', autoSelectFamily: false },
  'a name with several addresses': {
    host: 'server',
    lookup: (_: string, __: object, done: (...values: unknown[]) => void) =>
      done(null, [
        { address: '10.0.0.1', family: 4 },
        { address: '10.0.0.2', family: 4 },
      ]),
    autoSelectFamily: true,
  },
} as Record<string, object>)) {
  test(`a blocked connect to ${form} fails with ERR_IP_BLOCKED where Node knows block lists`, async () => {
    const world = new NetWorld();
    world.serverNet.createServer((socket) => socket.end()).listen(80);
    const socket = world.net.connect({ port: 80, blockList, ...options } as TcpNetConnectOpts);
    world.record(socket, ['connect', 'error']);
    await world.run(1000);
    expect(world.events).toEqual(IS_KNOWN ? [['error', 'ERR_IP_BLOCKED']] : [['connect']]);
  });
}

test('a server closes connections from blocked addresses where Node knows block lists', async () => {
  const world = new NetWorld();
  world.serverNet.createServer({ blockList } as net.ServerOpts, () => world.note('accepted')).listen(80);
  world.net
    .connect(80, 'server')
    .on('close', () => world.note('closed'))
    .resume();
  await world.run(1000);
  expect(world.events).toEqual(IS_KNOWN ? [['closed']] : [['accepted']]);
});
