import net from 'node:net';
import os, { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

test("a server is reached under its own machine's name", async () => {
  const genuine = { hostname: os.hostname, networkInterfaces: os.networkInterfaces };
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = net.createServer((socket) => socket.end(os.hostname()));
    await sim
      .host('db')
      .run(() => new Promise<void>((resolve) => server.listen(5432, os.hostname(), resolve)));
    expect(hostname()).toBe('app');
    expect(`${os.hostname}`).toBe('app');
    const socket = net.connect(5432, 'db');
    let heard = '';
    for await (const chunk of socket) heard += chunk;
    expect(heard).toBe('db');
    server.close();
  });
  expect({ hostname: os.hostname, networkInterfaces: os.networkInterfaces }).toEqual(genuine);
});

test('Date reads the clock of the machine whose code is running', async () => {
  const sim = new Simulation();
  sim.host('late').clock.offsetMs = -3_600_000;
  await runProgram(sim, async () => {
    const startedMs = Date.now();
    const uptimeMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const read = (): number[] => [
      Date.now() - startedMs,
      Date.parse(new Date().toISOString()) - startedMs,
      performance.now() - uptimeMs,
    ];
    expect(read()).toEqual([1000, 1000, 1000]);
    expect(sim.host('late').run(read)).toEqual([-3_599_000, -3_599_000, 1000]);
  });
});

test('a program can listen on each address that its machine names', async () => {
  const sim = new Simulation();
  sim.host('app', { addresses: ['10.1.0.7', 'fd00::7'] });
  await runProgram(sim, async () => {
    const interfaces = Object.values(os.networkInterfaces()).flat() as os.NetworkInterfaceInfo[];
    expect(interfaces.map(({ address, internal }) => [address, internal])).toEqual([
      ['127.0.0.1', true],
      ['::1', true],
      ['10.1.0.7', false],
      ['fd00::7', false],
    ]);
    for (const { address } of interfaces) {
      const server = net.createServer();
      await new Promise<void>((resolve) => server.listen(0, address, resolve));
      server.close();
    }
  });
});

test('network interfaces are described as Node describes them', async () => {
  const [genuine] = os.networkInterfaces().lo ?? [];
  await runProgram(new Simulation(), async () => {
    const { lo, eth0 } = os.networkInterfaces();
    if (genuine !== undefined) expect(lo).toContainEqual(genuine);
    expect(eth0).toEqual([
      {
        address: '10.0.0.1',
        netmask: '255.0.0.0',
        family: 'IPv4',
        mac: '02:00:00:00:00:00',
        internal: false,
        cidr: '10.0.0.1/8',
      },
    ]);
  });
});
