// A runner's own time-out ends a test and leaves its body running: what is done about it.
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  abandon,
  everySchedule,
  install,
  type ProgramError,
  runAsync,
  runProgram,
} from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

const { setTimeout: realTimeout } = globalThis;
const genuine = { connect: net.connect, setTimeout: globalThis.setTimeout };

const handlers = process.rawListeners('uncaughtException');

afterEach(() => {
  expect(process.rawListeners('uncaughtException')).toEqual(handlers);
});

/** Waits in virtual time, for years. */
async function poll(): Promise<void> {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** Throws where nobody handles it, at once. */
async function failUnhandled(): Promise<void> {
  process.nextTick(() => {
    throw new Error('nobody handles this');
  });
  await new Promise(() => {});
}

const YEARS = { timeoutMs: 1e12 };

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => realTimeout(resolve, ms));
}

function errorOf(run: Promise<unknown>): Promise<ProgramError> {
  return run.then(
    () => expect.fail('it succeeds'),
    (error) => error,
  );
}

test('a signal ends a run, which says what it was at', async () => {
  const controller = new AbortController();
  realTimeout(() => controller.abort(new Error('the test is over')), 20);
  const error = await errorOf(runProgram(new Simulation(), poll, { ...YEARS, signal: controller.signal }));
  expect(error.code).toBe('ERR_ABORTED');
  expect(error.message).toMatch(/setTimeout of 1000 ms, made at .*abandon\.test/);
  expect(error.cause).toMatchObject({ message: 'the test is over' });
  expect({ connect: net.connect, setTimeout: globalThis.setTimeout }).toEqual(genuine);
});

test('a signal that is aborted already lets no body begin', async () => {
  let hasBegun = false;
  const begin = (): void => {
    hasBegun = true;
  };
  const run = runProgram(new Simulation(), begin, { signal: AbortSignal.abort() });
  expect((await errorOf(run)).code).toBe('ERR_ABORTED');
  expect(hasBegun).toBe(false);
  install(new Simulation()).remove();
});

test('a run that is begun as another is aborted gets the process to itself', async () => {
  const controller = new AbortController();
  let isClosed = false;
  let tellConnected = (): void => {};
  const isConnected = new Promise<void>((resolve) => {
    tellConnected = resolve;
  });
  const listen = async (): Promise<void> => {
    net.createServer().listen(7);
    const socket = net.connect(7, 'app').on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    tellConnected();
    await new Promise((resolve) => socket.once('close', resolve));
    isClosed = true;
    await poll();
  };
  const overFirst = errorOf(runProgram(new Simulation(), listen, { ...YEARS, signal: controller.signal }));
  await isConnected;
  controller.abort();
  const second = await errorOf(runProgram(new Simulation(), failUnhandled));
  // Pools that outlive a test must hear that their sockets are dead.
  expect(isClosed).toBe(true);
  expect(second.message).toBe('nobody handles this');
  expect((await overFirst).code).toBe('ERR_ABORTED');
});

test('an installation that is made as a run is aborted gets the process to itself', async () => {
  const controller = new AbortController();
  const over = errorOf(runProgram(new Simulation(), poll, { ...YEARS, signal: controller.signal }));
  await wait(10);
  controller.abort();
  const sim = new Simulation();
  const installation = install(sim);
  const second = await errorOf(runAsync(sim, failUnhandled));
  expect(second.message).toBe('nobody handles this');
  expect(net.connect).not.toBe(genuine.connect);
  installation.remove();
  expect((await over).code).toBe('ERR_ABORTED');
});

test('a signal ends a search, and is no failing schedule', async () => {
  const controller = new AbortController();
  realTimeout(() => controller.abort(), 50);
  const body = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 10));
  const search = everySchedule('nothing', body, {
    schedules: 1_000_000,
    method: 'random',
    signal: controller.signal,
  });
  expect((await errorOf(search)).code).toBe('ERR_ABORTED');
  expect(net.connect).toBe(genuine.connect);
});

test('abandon() ends whatever is under way, and settles when it is out', async () => {
  const over = errorOf(runProgram(new Simulation(), poll, YEARS));
  await wait(10);
  await abandon();
  expect(net.connect).toBe(genuine.connect);
  expect((await over).code).toBe('ERR_ABORTED');
  const search = errorOf(everySchedule('nothing', () => {}, { schedules: 1_000_000, method: 'random' }));
  await wait(20);
  await abandon();
  expect((await search).code).toBe('ERR_ABORTED');
  await runProgram(new Simulation(), () => {});
  await abandon();
});

test('what was installed by hand and left is taken out by abandon()', async () => {
  install(new Simulation());
  await abandon();
  expect(net.connect).toBe(genuine.connect);
});
