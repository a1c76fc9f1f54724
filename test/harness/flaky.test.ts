import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, type InternetAddress, Readiness } from '../../src/core/index.ts';
import { type FlakyFault, flaky } from '../../src/harness/index.ts';
import { createRealReactor, RealTransport } from '../../src/real/index.ts';
import { EchoServer } from '../../src/services/index.ts';
import type { Weather } from '../../src/sim/index.ts';
import { type FakeEndpoint, FakeTransport } from './support/fake-transport.ts';

const { READABLE, WRITABLE, FAILED, OPEN, BROKEN } = Readiness;

/** A clock whose timers fire when the test says so. */
class HandClock implements Clock {
  readonly timers = new Set<() => void>();

  now(): number {
    return 0;
  }

  setTimer(_delayMs: number, callback: () => void): { cancel: () => void } {
    const timer = (): void => {
      this.timers.delete(timer);
      callback();
    };
    this.timers.add(timer);
    return { cancel: () => this.timers.delete(timer) };
  }

  fireAll(): void {
    for (const timer of [...this.timers]) timer();
  }
}

function connected(weather: Weather): {
  inner: FakeEndpoint;
  outer: ReturnType<ReturnType<typeof flaky>['connect']>;
  clock: HandClock;
  faults: FlakyFault[];
  wakes: () => number;
} {
  const faults: FlakyFault[] = [];
  const clock = new HandClock();
  const transport = new FakeTransport();
  const outer = flaky(transport, weather, { clock, onFault: (fault) => faults.push(fault) }).connect({
    host: '192.0.2.1',
    port: 7,
  });
  let woken = 0;
  outer.watcher = { onReadiness: () => (woken += 1) };
  return { inner: transport.made[0], outer, clock, faults, wakes: () => woken };
}

describe('a flaky endpoint', () => {
  test('a short read leaves it readable, and the rest follows in order', () => {
    const { inner, outer, faults } = connected({ 'short-read': 1 });
    inner.arrives('abcdef');
    const first = outer.recv(10) as Uint8Array;
    expect(first.length).toBeLessThan(6);
    const text = Buffer.from(first).toString();
    expect(outer.readiness & READABLE).toBe(READABLE);
    expect(text + Buffer.from(outer.recv(10) as Uint8Array)).toBe('abcdef');
    expect(outer.readiness & READABLE).toBe(0);
    expect(faults.map(({ family }) => family)).toEqual(['short-read']);
  });

  test('a split holds the second part back until its time, and wakes the watcher then', () => {
    const { inner, outer, clock, wakes } = connected({ split: 1 });
    inner.arrives('abcdef');
    const first = Buffer.from(outer.recv(10) as Uint8Array).toString();
    expect(outer.readiness & READABLE).toBe(0);
    expect(outer.recv(10)).toBeNull();
    const before = wakes();
    clock.fireAll();
    expect(wakes()).toBe(before + 1);
    expect(first + Buffer.from(outer.recv(10) as Uint8Array)).toBe('abcdef');
  });

  test('a short send accepts fewer, stays writable, and passes on what it accepted', () => {
    const { inner, outer } = connected({ 'short-send': 1 });
    const accepted = outer.send(Buffer.from('abcdef'));
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(6);
    expect(inner.sent).toBe('abcdef'.slice(0, accepted));
    expect(outer.readiness & WRITABLE).toBe(WRITABLE);
  });

  test('a stall stops one way only, once, and a close cancels it', () => {
    const { inner, outer, clock } = connected({ stall: 1 });
    inner.arrives('abc');
    expect(outer.recv(10)).toBeNull();
    expect(outer.readiness & (READABLE | WRITABLE)).toBe(WRITABLE);
    clock.fireAll();
    expect(Buffer.from(outer.recv(10) as Uint8Array).toString()).toBe('abc');
    expect(outer.send(Buffer.from('x'))).toBe(0);
    expect(clock.timers.size).toBe(1);
    outer.close();
    expect(clock.timers.size).toBe(0);
    expect(outer.readiness).toBe(0);
  });

  test('a reset resets the peer, and the program finds ECONNRESET', () => {
    const { inner, outer } = connected({ reset: 1 });
    inner.arrives('abc');
    expect(outer.recv(10)).toBeNull();
    expect(inner.isAborted).toBe(true);
    expect(outer.readiness).toBe(OPEN | FAILED);
    expect(outer.takeError()).toMatchObject({ code: 'ECONNRESET', address: '192.0.2.1', port: 7 });
  });

  test('a close ends both ends; sending then fails with EPIPE, once', () => {
    const { inner, outer } = connected({ close: 1 });
    inner.arrives('abc');
    expect(String(outer.recv(10))).toContain('end of stream');
    expect(inner.isClosed).toBe(true);
    expect(outer.send(Buffer.from('x'))).toBe(1);
    expect(outer.takeError()?.code).toBe('EPIPE');
    expect(outer.takeError()).toBeNull();
  });

  test('an error behind bytes held back is told after them', () => {
    const { inner, outer } = connected({ 'short-read': 1 });
    inner.arrives('abcdef');
    outer.recv(10);
    inner.fails();
    expect(outer.readiness & (FAILED | BROKEN)).toBe(BROKEN);
    outer.recv(10);
    expect(outer.readiness & (FAILED | BROKEN)).toBe(FAILED);
  });

  test('closing with bytes held back is a reset, as closing with unread bytes is', () => {
    const { inner, outer } = connected({ 'short-read': 1 });
    inner.arrives('abcdef');
    outer.recv(10);
    outer.close();
    expect(inner.isAborted).toBe(true);
  });

  test('a refused connect fails by itself, and opens nothing', () => {
    const transport = new FakeTransport();
    const clock = new HandClock();
    const endpoint = flaky(transport, { refuse: 1 }, { clock }).connect({ host: '192.0.2.1', port: 7 });
    expect(transport.made).toHaveLength(0);
    clock.fireAll();
    expect(endpoint.takeError()?.code).toBe('ECONNREFUSED');
  });
});

test.each([
  ['an unknown preset', () => flaky(new FakeTransport(), 'drizzle' as 'calm'), 'calm, breeze, storm'],
  ['an unknown family', () => flaky(new FakeTransport(), { rain: 1 } as Weather), 'is no fault family'],
  ['a rate over 1', () => flaky(new FakeTransport(), { split: 2 }), 'from 0 to 1'],
  ['a seed that is no whole number', () => flaky(new FakeTransport(), 'calm', { seed: 0.5 }), 'seed'],
])('%s is refused at the call', (_what, call, message) => {
  expect(call).toThrow(message);
});

describe('over real sockets', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  async function flakyEcho(weather: Weather | 'breeze' | 'storm', seed: number) {
    const faults: FlakyFault[] = [];
    const reactor = createRealReactor({
      wrap: (real) => flaky(real, weather, { seed, onFault: (fault) => faults.push(fault) }),
    });
    const server = await new Promise<EchoServer>((onListening) => {
      const made = new EchoServer(
        reactor,
        { host: '127.0.0.1', port: 0 },
        { onListening: () => onListening(made) },
      );
      void reactor.loop();
    });
    closers.push(() => reactor.closeAll());
    return { port: (server.localAddress as InternetAddress).port, faults };
  }

  /** Sends `data`, ends, and says what came back and how it ended. */
  function exchange(port: number, data: Buffer): Promise<{ got: Buffer; outcome: string }> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let outcome = 'close';
      const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true });
      socket.on('connect', () => socket.end(data));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => {
        outcome = 'end';
      });
      socket.on('error', (error) => {
        outcome = (error as NodeJS.ErrnoException).code!;
      });
      socket.on('close', () => resolve({ got: Buffer.concat(chunks), outcome }));
    });
  }

  const data = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 31) & 255));

  test('in a breeze every byte comes back, in order', async () => {
    const { port, faults } = await flakyEcho('breeze', 3);
    const all = await Promise.all(Array.from({ length: 10 }, () => exchange(port, data)));
    for (const { got, outcome } of all) {
      expect(got.equals(data)).toBe(true);
      expect(outcome).toBe('end');
    }
    expect(faults.length).toBeGreaterThan(0);
  });

  test('in a storm what comes back is a prefix, and faults of every kind are counted', async () => {
    const storm = { split: 0.3, 'short-send': 0.3, 'short-read': 0.3, reset: 0.1, close: 0.1, refuse: 0.2 };
    const { port, faults } = await flakyEcho(storm, 5);
    const all = await Promise.all(Array.from({ length: 40 }, () => exchange(port, data)));
    for (const { got } of all) expect(got.equals(data.subarray(0, got.length))).toBe(true);
    for (const family of Object.keys(storm)) expect(faults.map((fault) => fault.family)).toContain(family);
  });

  test('one seed and the same traffic give a connection the same faults', async () => {
    const runs: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const { port, faults } = await flakyEcho({ 'short-send': 0.5 }, 11);
      for (let round = 0; round < 3; round += 1) await exchange(port, Buffer.from('the same as ever'));
      runs.push(faults.map(({ connection, direction, text }) => `${connection} ${direction} ${text}`));
    }
    expect(runs[0].length).toBeGreaterThan(0);
    expect(runs[1]).toEqual(runs[0]);
  });

  test('the real transport takes its place without a weather', () => {
    expect(flaky(new RealTransport(), 'calm').resolve).toBeTypeOf('function');
  });
});
