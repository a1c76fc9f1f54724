// A websocket: messages are whole and in order, and a peer that has gone is noticed by its silence.
import http from 'node:http';
import { everySchedule, test } from 'foulweather/vitest';
import { expect } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

const REPORTS = ['fog', 'drizzle '.repeat(500), 'sun'];

/** Sends the reports to whoever connects. */
async function serve(listen: (server: http.Server) => Promise<void>): Promise<() => void> {
  const server = http.createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    for (const report of REPORTS) socket.send(report);
  });
  server.on('upgrade', (_request, socket) => socket.on('error', () => {}));
  await listen(server);
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close().closeAllConnections();
  };
}

everySchedule('reports come whole and in order', { schedules: 60 }, async ({ sim }) => {
  const stop = await serve((server) =>
    sim.host('station').run(() => new Promise((resolve) => server.listen(80, () => resolve()))),
  );
  const socket = new WebSocket('ws://station/');
  const received: string[] = [];
  await new Promise<void>((resolve) => {
    socket.on('error', () => {}).on('close', () => resolve());
    socket.on('message', (report) => {
      received.push(String(report));
      if (received.length === REPORTS.length) socket.close();
    });
  });
  expect(received).toBePrefixOf(REPORTS);
  stop();
});

test('a station that has lost its power is given up after two missed pongs', async ({ sim }) => {
  const stop = await serve((server) =>
    sim.host('station').run(() => new Promise((resolve) => server.listen(80, () => resolve()))),
  );
  const socket = new WebSocket('ws://station/');
  let missed = 0;
  const beat = setInterval(() => {
    missed += 1;
    if (missed > 2) socket.terminate();
    else socket.ping();
  }, 30_000);
  socket.on('pong', () => {
    missed = 0;
  });
  sim.at(100_000, () => void sim.host('station').crash());
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(beat);
  expect(sim.nowMs).toBe(180_000);
  stop();
});
