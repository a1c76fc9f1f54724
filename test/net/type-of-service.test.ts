import net, { type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { addTypeOfService } from '../../src/net/type-of-service.ts';
import { NetWorld } from './support/net-world.ts';

type WithTypeOfService = Socket & {
  setTypeOfService(tos: unknown): Socket;
  getTypeOfService(): number;
};

/** A world whose sockets have these methods on every version of Node. */
function makeWorld(): { world: NetWorld; socket: WithTypeOfService } {
  const world = new NetWorld();
  addTypeOfService(world.net.Socket.prototype);
  return { world, socket: new world.net.Socket() as WithTypeOfService };
}

test("a socket has a type of service exactly if this Node's have one", () => {
  const { prototype } = new NetWorld().net.Socket;
  for (const name of ['setTypeOfService', 'getTypeOfService'])
    expect(name in prototype).toBe(name in net.Socket.prototype);
});

test('a type of service is kept from before the connect on', async () => {
  const { world, socket } = makeWorld();
  world.serverNet.createServer().listen(80);
  expect(socket.getTypeOfService()).toBe(0);
  expect(socket.setTypeOfService(0x13)).toBe(socket);
  expect(socket.getTypeOfService()).toBe(0x13);
  socket.connect(80, 'server');
  await world.run();
  expect(socket.getTypeOfService()).toBe(0x10);
});

for (const [tos, code] of [
  [Number.NaN, 'ERR_INVALID_ARG_TYPE'],
  ['low', 'ERR_INVALID_ARG_TYPE'],
  [-1, 'ERR_OUT_OF_RANGE'],
  [256, 'ERR_OUT_OF_RANGE'],
  [1.5, 'ERR_OUT_OF_RANGE'],
] as const)
  test(`a type of service of ${tos} is ${code}`, () => {
    const { socket } = makeWorld();
    expect(() => socket.setTypeOfService(tos)).toThrow(expect.objectContaining({ code }));
  });
