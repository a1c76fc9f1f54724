// Other fake timers around an installation, as a test's own hooks turn them on and off.

import net from 'node:net';
import FakeTimers, { type Clock, type Config } from '@sinonjs/fake-timers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { install, type ProgramError, runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

/** What a program looks at and a fake clock replaces. */
const genuine = { setTimeout, Date, dateNow: Date.now, hrtime: process.hrtime };

const CONFIG: Config = {
  toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'Date', 'performance', 'hrtime'],
};

interface FakeClock {
  on(): void;
  off(): void;
}

function sinon(): FakeClock {
  let clock: Clock | null = null;
  return {
    on() {
      clock = FakeTimers.install(CONFIG);
    },
    off: () => clock?.uninstall(),
  };
}

const kinds: readonly [string, () => FakeClock][] = [
  ['@sinonjs/fake-timers', sinon],
  ["vitest's", () => ({ on: () => void vi.useFakeTimers(), off: () => void vi.useRealTimers() })],
];

/** Time goes on as it does outside of any simulation. */
async function expectRealTime(): Promise<void> {
  const startedMs = performance.now();
  const beganMs = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(performance.now() - startedMs).toBeGreaterThan(15);
  expect(Date.now() - beganMs).toBeGreaterThan(15);
  expect(Math.abs(Date.parse(new Date().toISOString()) - genuine.dateNow())).toBeLessThan(1000);
  const [seconds] = process.hrtime();
  expect(seconds).toBe(genuine.hrtime()[0]);
}

/** A simulation has the timers. */
async function expectVirtualTime(sim: Simulation): Promise<void> {
  const { nowMs } = sim;
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  expect(sim.nowMs).toBe(nowMs + 30_000);
}

describe.each(kinds)('%s fake timers', (_, make) => {
  let clock: FakeClock = make();
  afterEach(() => clock.off());

  test('that a body turns on and a hook after it turns off leave real time', async () => {
    clock = make();
    const sim = new Simulation();
    await runProgram(sim, async () => {
      await expectVirtualTime(sim);
      clock.on();
    });
    clock.off();
    await expectRealTime();
  });

  test('that are turned off when the next simulation is installed leave it its timers', async () => {
    clock = make();
    await runProgram(new Simulation(), () => clock.on());
    const sim = new Simulation();
    await runProgram(sim, async () => {
      clock.off();
      await expectVirtualTime(sim);
    });
    await expectRealTime();
    expect(setTimeout).toBe(genuine.setTimeout);
  });

  test('that are on around a run hide nothing from it', async () => {
    clock = make();
    clock.on();
    const sim = new Simulation();
    await runProgram(sim, () => expectVirtualTime(sim));
    clock.off();
    await expectRealTime();
    expect(setTimeout).toBe(genuine.setTimeout);
  });

  test('that were on before and are turned off inside are an error that says what to do', async () => {
    clock = make();
    clock.on();
    const error = await runProgram(new Simulation(), async () => {
      clock.off();
      await new Promise((resolve) => setTimeout(resolve, 30_000));
    }).then(
      () => expect.fail('it succeeds'),
      (thrown: ProgramError) => thrown,
    );
    expect(error.code).toBe('ERR_TIMERS_REPLACED');
    expect(error.message).toMatch(/setTimeout.*Do that before/s);
    await expectRealTime();
    expect(setTimeout).toBe(genuine.setTimeout);
  });
});

test('timers that another fake clock puts back after remove() are real', async () => {
  const installation = install(new Simulation());
  const clock = FakeTimers.install(CONFIG);
  installation.remove();
  clock.uninstall();
  await expectRealTime();
});

test('a spy on Date.now within a run is asked, and gone with it', async () => {
  await runProgram(new Simulation(), () => {
    const spy = vi.spyOn(Date, 'now').mockReturnValue(5);
    expect(Date.now()).toBe(5);
    spy.mockRestore();
    expect(Date.now()).toBe(1_767_225_600_000);
  });
  expect(Date.now).toBe(genuine.dateNow);
});

test('sockets go on while a body has faked immediates and microtasks', async () => {
  const text = await runProgram(new Simulation(), async () => {
    const server = net.createServer((socket) => socket.end('hello'));
    const toFake = ['setTimeout', 'setImmediate', 'queueMicrotask'] as const;
    const clock = FakeTimers.install({ toFake: [...toFake] });
    let received = '';
    await new Promise((resolve) => server.listen(7, () => resolve(null)));
    for await (const chunk of net.connect(7, 'app')) received += chunk;
    clock.uninstall();
    server.close();
    return received;
  });
  expect(text).toBe('hello');
});

test('jobs and immediates are real in a body, whatever fake timers around it hide, and hidden again after it', async () => {
  const clock = FakeTimers.install({
    toFake: [...CONFIG.toFake!, 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
  });
  const hidden = [process.nextTick, globalThis.queueMicrotask, globalThis.setImmediate];
  try {
    const sim = new Simulation();
    const heard: string[] = [];
    await runProgram(sim, async () => {
      const server = net.createServer((socket) => socket.end('rain'));
      await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
      for await (const chunk of net.connect(7, 'server')) heard.push(String(chunk));
      await new Promise<void>((resolve) =>
        setImmediate(() => process.nextTick(() => queueMicrotask(resolve))),
      );
      await expectVirtualTime(sim);
      server.close();
    });
    expect(heard).toEqual(['rain']);
    expect([process.nextTick, globalThis.queueMicrotask, globalThis.setImmediate]).toEqual(hidden);
  } finally {
    clock.uninstall();
  }
});

test('fake timers that are turned off in a body do not come back after it', async () => {
  const clock = FakeTimers.install({ toFake: [...CONFIG.toFake!, 'nextTick'] });
  const error = await runProgram(new Simulation(), async () => {
    clock.uninstall();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'ERR_TIMERS_REPLACED' });
  await new Promise<void>((resolve) => process.nextTick(resolve));
});
