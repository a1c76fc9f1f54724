// The same without vitest: plain functions, here under node:test.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { everySchedule } from 'foulweather/harness';

test('a greeting is whole, or an error', async () => {
  const report = await everySchedule('a greeting is whole, or an error', greet, { schedules: 100 });
  assert.ok(report.faults.split > 0);
});

async function greet({ sim }) {
  const server = net.createServer((socket) => socket.on('error', () => {}).end('good morning'));
  await sim.host('server').run(() => new Promise((resolve) => server.listen(7000, resolve)));

  let greeting = '';
  try {
    for await (const chunk of net.connect(7000, 'server')) greeting += chunk;
  } catch (error) {
    assert.ok(error.code, `an error without a code: ${error}`);
  }
  assert.ok('good morning'.startsWith(greeting));
  server.close();
}
