import net from 'node:net';
import { expect, test } from 'vitest';
import {
  everySchedule,
  formatEverySchedule,
  NotShownError,
  type ProgramBody,
  type ScheduleError,
} from '../../src/harness/program/index.ts';

/** Takes each chunk for a whole message: right until a message arrives in two. */
const chunkIsMessage: ProgramBody = async ({ sim }) => {
  const server = net.createServer((socket) => socket.end('ping'));
  await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
  const messages: string[] = [];
  for await (const chunk of net.connect(7, 'server')) messages.push(String(chunk));
  server.close();
  expect(messages).toEqual(['ping']);
};

async function failureOf(
  body: ProgramBody,
  options: Parameters<typeof everySchedule>[2],
): Promise<ScheduleError> {
  return everySchedule('a message is a chunk', body, options).then(
    () => expect.fail('it holds'),
    (error) => error,
  );
}

test('a program that takes chunks for messages fails with one deviation, and replays', async () => {
  const error = await failureOf(chunkIsMessage, { weather: 'breeze' });
  expect(error.message).toContain('For every schedule, a message is a chunk.');
  expect(error.deviations).toHaveLength(1);
  expect(error.trace).toContain('data');
  const again = await failureOf(chunkIsMessage, { replay: error.replay });
  expect(again.deviations).toEqual(error.deviations);
});

/** Says hello, and expects nothing. */
const exchange: ProgramBody = async ({ sim }) => {
  const server = net.createServer((socket) => socket.on('error', () => {}).end('hello'));
  await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
  const socket = net.connect(7, 'server').resume();
  await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  server.close();
};

test('a green search tells how many faults really happened', async () => {
  const report = await everySchedule('nothing is promised', exchange, { schedules: 30 });
  expect([report.schedules, report.faults.split > 0]).toEqual([30, true]);
});

test('a search by deviations says when every schedule was run', async () => {
  const options = { method: 'bounded', weather: { end: 0.5, split: 0.5 }, schedules: 1000 } as const;
  const report = await everySchedule('nothing is promised', exchange, options);
  expect(report).toMatchObject({ isComplete: true, bound: 'every schedule', neverFired: [] });
  expect(formatEverySchedule(report)).toContain('bound       {every schedule}, complete');
});

test('a search by deviations stops at the number asked for, complete', async () => {
  const report = await everySchedule('nothing is promised', exchange, {
    method: 'bounded',
    weather: 'breeze',
    deviations: 1,
    schedules: 1000,
  });
  expect(report).toMatchObject({ isComplete: true, deviationsCovered: 1 });
  expect(report.bound).toBe('every schedule with at most 1 deviation');
});

test('a search by deviations that runs out of schedules says how far it came', async () => {
  const report = await everySchedule('nothing is promised', exchange, { method: 'bounded', schedules: 5 });
  expect(report).toMatchObject({
    isComplete: false,
    deviationsCovered: 0,
    schedules: 5,
    bound: 'the calm schedule; 4 with 1 deviation',
  });
});

test('a portfolio spends half of its schedules on sampling', async () => {
  const report = await everySchedule('nothing is promised', exchange, { schedules: 20 });
  expect(report.bound).toBe('the calm schedule; 9 with 1 deviation; 10 sampled');
});

/** Two messages, one after the other; breaks when both are split. */
const twoSplits: ProgramBody = async ({ sim }) => {
  let splits = 0;
  for (const port of [7, 8]) {
    const server = net.createServer((socket) => socket.end('ab'));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(port, resolve)));
    let chunks = 0;
    for await (const _ of net.connect(port, 'server')) chunks += 1;
    if (chunks > 1) splits += 1;
    server.close();
  }
  expect(splits).toBeLessThan(2);
};

test('the first failure by deviations has the fewest, and the report says so', async () => {
  const error = await everySchedule('never are both split', twoSplits, {
    method: 'bounded',
    weather: { split: 0.5 },
  }).then(
    () => expect.fail('it holds'),
    (failure: ScheduleError) => failure,
  );
  expect(error.deviations).toHaveLength(2);
  expect(error.message).toMatch(/shrunk to 2 deviations in \d+ more runs; none with fewer fails/);
  const { FOULWEATHER_REPLAY: before } = process.env;
  try {
    process.env.FOULWEATHER_REPLAY = error.replay;
    const again = await everySchedule('never are both split', twoSplits).catch((failure) => failure);
    expect(again.deviations).toEqual(error.deviations);
    const other = await everySchedule('another title', exchange, { schedules: 2 });
    expect(other.schedules).toBe(2);
  } finally {
    if (before === undefined) delete process.env.FOULWEATHER_REPLAY;
    else process.env.FOULWEATHER_REPLAY = before;
  }
});

test('a search has real time to spend, and no less than the calm schedule', async () => {
  const report = await everySchedule('nothing is promised', exchange, { budgetMs: 0 });
  expect([report.schedules, report.bound]).toEqual([1, 'the calm schedule']);
});

const asking: ProgramBody = async (context) => {
  const { sim } = context;
  sim.sometimes('something has happened', () => sim.steps > 0);
  sim.sometimes('the moon is out', () => false);
  await exchange(context);
};

test('a green search tells which states were reached, and which never', async () => {
  const report = await everySchedule('nothing is promised', asking, { schedules: 5 });
  expect(report.sometimes).toEqual({ 'something has happened': 5, 'the moon is out': 0 });
  expect(formatEverySchedule(report)).toContain('  sometimes   something has happened 5\n');
  expect(formatEverySchedule(report)).toContain('  never held  the moon is out');
});

test('a state that was never reached fails a search that demands it', async () => {
  const options = { schedules: 5, requireSometimes: true };
  const error = (await failureOf(asking, options)) as unknown as NotShownError;
  expect(error).toBeInstanceOf(NotShownError);
  expect(error.code).toBe('ERR_NOT_SHOWN');
  expect(error.message).toContain('states that were never reached (the moon is out). Run more schedules');
  expect(error.report.schedules).toBe(5);
});

test('a fault that never happened fails a search that demands it', async () => {
  const options = { schedules: 1, requireFaults: true, weather: { split: 0.5, reset: 0.5 } };
  const error = await failureOf(exchange, options);
  expect(error.message).toContain('families that never fired (split, reset)');
});

test('families that a body has no occasion for are not said to have never fired', async () => {
  const report = await everySchedule('nothing is promised', exchange, { schedules: 5 });
  for (const family of ['disk', 'crash', 'pause', 'partition'])
    expect(report.neverFired).not.toContain(family);
});

test('a demand that is no boolean is refused', async () => {
  const options = { requireFaults: 'yes' as never };
  await expect(everySchedule('nothing is promised', exchange, options)).rejects.toThrow('requireFaults');
});
