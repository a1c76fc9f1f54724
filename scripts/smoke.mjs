// The built package on the Node that runs this: `npx -y -p node@24 node scripts/smoke.mjs`. Each entry point
// loads, and unchanged code on http, fetch, fs and crypto runs on virtual time, in calm weather and in storms.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import http from 'node:http';
import { everySchedule, formatEverySchedule, runProgram } from '../dist/harness/index.js';
import { Simulation } from '../dist/sim/index.js';

const manifest = JSON.parse(await fs.readFile(new URL('../package.json', import.meta.url), 'utf8'));
for (const [path, target] of Object.entries(manifest.exports)) {
  // The adaptor for vitest loads only under vitest.
  if (path === './vitest' || target.default === undefined) continue;
  await import(new URL(`../${target.default}`, import.meta.url).href);
}

/** Asks a server that takes half a minute and reads a file on the way; gives its answer. */
async function talk(sim) {
  const server = http.createServer(async (_, response) => {
    const bytes = await fs.readFile(new URL(import.meta.url));
    setTimeout(() => response.end(createHash('sha256').update(bytes).digest('hex')), 30_000);
  });
  await sim.host('server').run(() => new Promise((resolve) => server.listen(80, resolve)));
  try {
    const answer = await fetch('http://server/');
    return answer.status === 200 ? await answer.text() : `status ${answer.status}`;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const sim = new Simulation();
assert.match(await runProgram(sim, () => talk(sim)), /^[0-9a-f]{64}$/);
assert.equal(sim.nowMs, 30_004);

const report = await everySchedule(
  'an answer is whole, or an error',
  async ({ sim: stormy }) => {
    const answer = await talk(stormy).catch((error) => `error ${error.message}`);
    assert.match(answer, /^([0-9a-f]{64}|status 408|error .+)$/);
  },
  { schedules: 100 },
);
console.log(`Node ${process.version}\n${formatEverySchedule(report)}`);
