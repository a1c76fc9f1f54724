// Sockets and a protocol of one's own: a line is what ends with a newline, however it is cut on its way.
import net from 'node:net';
import { everySchedule, test } from 'foulweather/vitest';
import { expect } from 'vitest';

/** The program under test: hands over whole lines. */
async function* linesOf(socket: net.Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

const SENT = ['fog at dawn', 'rain', '6 °C'];

const serve = (server: net.Server): Promise<void> => new Promise((resolve) => server.listen(7, resolve));

everySchedule('lines come as they were sent, or fewer with an error', { schedules: 100 }, async ({ sim }) => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    for (const line of SENT) socket.write(`${line}\n`);
    socket.end();
  });
  await sim.host('station').run(() => serve(server));
  const received: string[] = [];
  try {
    for await (const line of linesOf(net.connect(7, 'station'))) received.push(line);
  } catch {
    // The connection was refused or reset.
  }
  expect(received).toBePrefixOf(SENT);
  server.close();
});

test('a partition of a minute delays lines, and loses none', async ({ sim }) => {
  const server = net.createServer((socket) => {
    for (const line of SENT) socket.write(`${line}\n`);
    socket.end();
  });
  await sim.host('station').run(() => serve(server));
  const socket = net.connect(7, 'station');
  await new Promise((resolve) => socket.once('connect', resolve));
  const link = sim.network.link('station', 'app').hold();
  sim.at(60_000, () => void link.release());
  const received: string[] = [];
  for await (const line of linesOf(socket)) received.push(line);
  expect(received).toEqual(SENT);
  expect(sim.nowMs).toBeGreaterThanOrEqual(60_000);
  server.close();
});
