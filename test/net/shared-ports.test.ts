import type { Server } from 'node:net';
import { expect, test } from 'vitest';
import { Readiness } from '../../src/core/index.ts';
import { SharedPorts } from '../../src/net/shared-ports.ts';
import { Simulation } from '../../src/sim/index.ts';
import { NetWorld } from './support/net-world.ts';

const PLACE = { host: '10.0.0.1', port: 80 };

function makeWorld() {
  const sim = new Simulation({ families: [] });
  const { transport } = sim.host('server');
  const ports = new SharedPorts();
  const client = sim.host('client').transport;
  return {
    listen: () => ports.listen(transport, PLACE, {}),
    /** What hinders somebody who does not share. */
    hindrance: () => {
      const listener = transport.listen(PLACE);
      sim.run({ allowOpen: true });
      const code = listener.takeError()?.code ?? null;
      listener.close();
      return code;
    },
    connect: (count: number) => {
      for (let left = count; left > 0; left -= 1) client.connect(PLACE);
      sim.run({ allowOpen: true });
    },
  };
}

test('those who share a port are handed its connections in turn', () => {
  const world = makeWorld();
  const sharers = [world.listen(), world.listen(), world.listen()];
  const served: number[] = [];
  world.connect(5);
  for (let left = 5; left > 0; left -= 1) {
    const ready = sharers.filter(({ readiness }) => (readiness & Readiness.READABLE) !== 0);
    expect(ready).toHaveLength(1);
    served.push(sharers.indexOf(ready[0]));
    expect(ready[0].accept()).not.toBeNull();
  }
  expect(served).toEqual([0, 1, 2, 0, 1]);
  expect(sharers.map(({ readiness }) => readiness & Readiness.READABLE)).toEqual([0, 0, 0]);
});

test('the turn of one who leaves is told to the next', () => {
  const world = makeWorld();
  const [first, second] = [world.listen(), world.listen()];
  const told: string[] = [];
  second.watcher = { onReadiness: () => told.push('second') };
  world.connect(1);
  expect(told).toEqual([]);
  first.close();
  expect(told).toEqual(['second']);
  expect(second.accept()).not.toBeNull();
});

test('a port is free once the last one has left it', () => {
  const world = makeWorld();
  const [first, second] = [world.listen(), world.listen()];
  first.close();
  expect(world.hindrance()).toBe('EADDRINUSE');
  second.close();
  expect(world.hindrance()).toBeNull();
});

/** Since 22.12 and 23.1; before, Node passes over it. */
const HAS_OPTION = /^v(?:22\.(?:1[2-9]|[2-9]\d)|23\.[1-9]|2[4-9])/.test(process.version);

for (const [title, first, second, isShared] of [
  ['two that ask for it', true, true, HAS_OPTION],
  ['one that does not ask and one that does', false, true, false],
  ['one that asks and one that does not', true, false, false],
  ['two that ask with something else than true', 1, 1, false],
] as const)
  test(`reusePort as on this version of Node: ${title}`, async () => {
    const world = new NetWorld();
    const listen = (reusePort: unknown): Server =>
      world.serverNet.createServer().listen({ ...PLACE, reusePort: reusePort as boolean });
    const servers = [listen(first), listen(second)];
    world.record(servers[1], ['listening', 'error']);
    await world.run();
    expect(world.events).toEqual([isShared ? ['listening'] : ['error', 'EADDRINUSE']]);
  });
