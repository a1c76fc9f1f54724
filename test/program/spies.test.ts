// Spies on Node's functions, made in a body and restored after it: what they put back is the simulation's.
import crypto from 'node:crypto';
import dns from 'node:dns';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import timersPromises from 'node:timers/promises';
import tls from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

afterEach(() => void vi.restoreAllMocks());

const SPIED: readonly (readonly [name: string, object: object, key: string])[] = [
  ['net.connect', net, 'connect'],
  ['net.Socket', net, 'Socket'],
  ['net.Socket.prototype.connect', net.Socket.prototype, 'connect'],
  ['net.Server.prototype.listen', net.Server.prototype, 'listen'],
  ['tls.TLSSocket.prototype.connect', tls.TLSSocket.prototype, 'connect'],
  ['dns.lookup', dns, 'lookup'],
  ['dns.promises.lookup', dns.promises, 'lookup'],
  ['crypto.randomBytes', crypto, 'randomBytes'],
  ['crypto.getRandomValues', globalThis.crypto, 'getRandomValues'],
  ['Math.random', Math, 'random'],
  ['os.hostname', os, 'hostname'],
  ['performance.now', performance, 'now'],
  ["timers/promises' setTimeout", timersPromises, 'setTimeout'],
];

describe.each(SPIED)('%s, spied on in a body and restored after it,', (_name, object, key) => {
  test('is Node’s own again after the next run', async () => {
    const genuine: unknown = Reflect.get(object, key);
    await runProgram(new Simulation(), () => void vi.spyOn(object as never, key as never));
    vi.restoreAllMocks();
    await runProgram(new Simulation(), () => {});
    expect(Reflect.get(object, key)).toBe(genuine);
  });
});

/** What a real server on loopback says. */
async function greet(): Promise<string> {
  const server = net.createServer((socket) => socket.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  let text = '';
  for await (const chunk of net.connect(port, '127.0.0.1')) text += chunk;
  server.close();
  return text;
}

test.each(['connect', 'Socket'] as const)(
  'net.%s reaches the real network once a spy has been restored',
  async (key) => {
    await runProgram(new Simulation(), () => void vi.spyOn(net, key));
    vi.restoreAllMocks();
    expect(await greet()).toBe('hello');
  },
);

test('chance is the same in each run though a spy on it is restored between them', async () => {
  const draw = (): Promise<number> =>
    runProgram(new Simulation(), () => {
      vi.restoreAllMocks();
      vi.spyOn(Math, 'random');
      return Math.random();
    });
  const first = await draw();
  expect(await draw()).toBe(first);
});
