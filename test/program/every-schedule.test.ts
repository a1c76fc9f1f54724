import net from 'node:net';
import { expect, test } from 'vitest';
import { everySchedule, type ProgramBody, type ScheduleError } from '../../src/harness/program/index.ts';

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
