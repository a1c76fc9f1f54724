import crypto from 'node:crypto';
import dns from 'node:dns';
import http from 'node:http';
import net from 'node:net';
import perfHooks from 'node:perf_hooks';
import timers from 'node:timers';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

test('an http server and client on two hosts speak through the simulation', async () => {
  const genuine = {
    connect: net.connect,
    Socket: net.Socket,
    setTimeout: globalThis.setTimeout,
    Date: globalThis.Date,
  };
  const sim = new Simulation();
  const answer = await runProgram(sim, async () => {
    const server = http.createServer((_request, response) => setTimeout(() => response.end('sunny'), 30_000));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get('http://server/', resolve).on('error', reject);
    });
    let text = '';
    for await (const chunk of response) text += chunk;
    server.close();
    return { text, date: response.headers.date, now: Date.now() };
  });
  expect(answer).toEqual({ text: 'sunny', date: 'Thu, 01 Jan 2026 00:00:30 GMT', now: 1_767_225_630_004 });
  expect({
    connect: net.connect,
    Socket: net.Socket,
    setTimeout: globalThis.setTimeout,
    Date: globalThis.Date,
  }).toEqual(genuine);
});

test('global fetch speaks through the simulation', async () => {
  for (let round = 0; round < 2; round += 1) {
    const text = await runProgram(new Simulation(), async ({ sim }) => {
      const server = http.createServer((_request, response) => response.end('sunny'));
      await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
      const response = await fetch('http://server/');
      const text = await response.text();
      server.close();
      return text;
    });
    expect(text).toBe('sunny');
  }
});

test('everything is as it was after a body that throws', async () => {
  const before = snapshot();
  await expect(
    runProgram(new Simulation(), async () => {
      expect(snapshot()).not.toEqual(before);
      throw new Error('on purpose');
    }),
  ).rejects.toThrow('on purpose');
  const after = snapshot();
  expect([...after].filter(([key, value]) => before.get(key) !== value).map(([key]) => key)).toEqual([]);
});

/** The values of everything that an installation could replace, by name. */
function snapshot(): Map<string, unknown> {
  const objects = { net, http, dns, crypto, timers, globalThis, Math, process, server: net.Server.prototype };
  const values = new Map<string, unknown>();
  for (const [name, object] of Object.entries(objects)) {
    for (const key of Reflect.ownKeys(object)) {
      const { value, get } = Object.getOwnPropertyDescriptor(object, key)!;
      if (typeof (value ?? get) === 'function') values.set(`${name}.${String(key)}`, value ?? get);
    }
  }
  return values;
}

test("an observer of perf_hooks is told each connect's duration on virtual time", async () => {
  const sim = new Simulation();
  sim.host('app');
  sim.host('server');
  sim.network.link('app', 'server').latency({ delayMsMin: 20 });
  const told: unknown[] = [];
  const genuine = PerformanceObserver;
  const observer = await runProgram(sim, async () => {
    const made = new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByType('net')) {
        const { name, entryType, duration } = entry;
        told.push([name, entryType, duration, (entry as unknown as { detail: unknown }).detail]);
      }
    });
    made.observe({ entryTypes: ['net'] });
    sim.host('server').run(() =>
      net
        .createServer((socket) => socket.end())
        .listen(7)
        .unref(),
    );
    await new Promise((resolve) => net.connect(7, 'server').resume().once('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 1));
    made.disconnect();
    await new Promise((resolve) => net.connect(7, 'server').resume().once('close', resolve));
    return made;
  });
  expect(observer).toBeInstanceOf(PerformanceObserver);
  expect([PerformanceObserver, perfHooks.PerformanceObserver]).toEqual([genuine, genuine]);
  expect(told).toEqual([['connect', 'net', 40, { host: sim.host('server').address, port: 7 }]]);
});
