import { getDefaultAutoSelectFamilyAttemptTimeout, type LookupFunction, type Socket } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

const NAMES = [
  'lookup',
  'connectionAttempt',
  'connectionAttemptFailed',
  'connectionAttemptTimeout',
  'connect',
  'error',
];

let world: NetWorld;

beforeEach(() => {
  world = new NetWorld();
});

function dial(addresses: readonly string[], options: object = {}): Socket {
  const lookup = ((_name, _options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(callback, null, found);
  }) as LookupFunction;
  const socket = world.serverNet.connect({ port: 80, host: 'a.b', lookup, ...options });
  world.record(socket, NAMES);
  return socket;
}

test('addresses are tried in turn until one answers', async () => {
  world.serverNet.createServer().listen(80, '127.0.0.1');
  const socket = dial(['::1', '127.0.0.1']);
  await world.run();
  expect(world.events).toEqual([
    ['lookup', null, '::1', 6, 'a.b'],
    ['lookup', null, '127.0.0.1', 4, 'a.b'],
    ['connectionAttempt', '::1', 80, 6],
    ['connectionAttemptFailed', '::1', 80, 6, 'ECONNREFUSED'],
    ['connectionAttempt', '127.0.0.1', 80, 4],
    ['connect'],
  ]);
  expect(socket.autoSelectFamilyAttemptedAddresses).toEqual(['::1:80', '127.0.0.1:80']);
});

test('families alternate, beginning with the first answer', async () => {
  dial(['::1', '::', '127.0.0.1', '0.0.0.0']);
  await world.run();
  const attempts = world.events
    .filter(([name]) => name === 'connectionAttempt')
    .map(([, address]) => address);
  expect(attempts).toEqual(['::1', '127.0.0.1', '::', '0.0.0.0']);
});

test('where no address answers, the error holds each error', async () => {
  const errors: AggregateError[] = [];
  dial(['::1', '127.0.0.1']).on('error', (error) => errors.push(error as AggregateError));
  await world.run();
  expect(errors).toMatchObject([{ name: 'AggregateError', code: 'ECONNREFUSED' }]);
  expect(errors[0].errors.map(({ message }) => message)).toEqual([
    'connect ECONNREFUSED ::1:80',
    'connect ECONNREFUSED 127.0.0.1:80',
  ]);
});

test('an attempt that does not answer in time gives way to the next, on the virtual clock', async () => {
  world.serverNet.createServer().listen(80, '127.0.0.1');
  world.sim.link('server', 'client').latencyMs = 60_000;
  const socket = dial(['10.0.0.2', '127.0.0.1']);
  socket.on('connect', () => world.note(world.sim.nowMs));
  await world.run();
  expect(world.events.slice(2)).toEqual([
    ['connectionAttempt', '10.0.0.2', 80, 4],
    ['connectionAttemptTimeout', '10.0.0.2', 80, 4],
    ['connectionAttempt', '127.0.0.1', 80, 4],
    ['connect'],
    // 250 until Node 25, 500 since.
    [getDefaultAutoSelectFamilyAttemptTimeout()],
  ]);
});

test('autoSelectFamilyAttemptTimeout below 10 ms counts as 10 ms', async () => {
  world.serverNet.createServer().listen(80, '127.0.0.1');
  world.sim.link('server', 'client').latencyMs = 60_000;
  const socket = dial(['10.0.0.2', '127.0.0.1'], { autoSelectFamilyAttemptTimeout: 5 });
  socket.on('connect', () => world.note(world.sim.nowMs));
  await world.run();
  expect(world.events.at(-1)).toEqual([10]);
});

test('destroy in the middle ends the attempts', async () => {
  const socket = dial(['::1', '127.0.0.1']);
  socket.on('connectionAttemptFailed', () => socket.destroy());
  await world.run();
  expect(world.events.map(([name]) => name)).toEqual([
    'lookup',
    'lookup',
    'connectionAttempt',
    'connectionAttemptFailed',
  ]);
});

test('the default can be switched off for a module', async () => {
  world.serverNet.setDefaultAutoSelectFamily(false);
  expect(world.serverNet.getDefaultAutoSelectFamily()).toBe(false);
  expect(world.net.getDefaultAutoSelectFamily()).toBe(true);
  const lookup = ((_name, options, callback) => {
    world.note((options as { all?: boolean }).all ?? false);
    process.nextTick(callback, null, '127.0.0.1', 4);
  }) as LookupFunction;
  world.record(world.serverNet.connect({ port: 80, host: 'a.b', lookup }), ['error']);
  await world.run();
  expect(world.events).toEqual([[false], ['error', 'ECONNREFUSED']]);
});
