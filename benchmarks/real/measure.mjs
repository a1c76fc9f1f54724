// One measurement: a forwarder under the load generator, with what its process used meanwhile (from /proc).
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startPeer, stopPeer } from './peers.mjs';

const generator = join(tmpdir(), `foulweather-load-${process.pid}`);
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Builds the load generator; throws where there is no C compiler. */
export function buildGenerator() {
  const source = fileURLToPath(new URL('./load.c', import.meta.url));
  execFileSync('gcc', ['-O2', '-Wall', '-o', generator, source], { stdio: 'inherit' });
}

let nextPort = 20_000 + (process.pid % 5000) * 2;

/** Runs `load` through `peer` (null: straight, which shows the generator's own limit). */
export async function measure(peer, load) {
  const localPort = nextPort;
  const remotePort = peer === null ? localPort : nextPort + 1;
  nextPort += 2;
  const child = peer === null ? null : await startPeer(peer, localPort, remotePort);
  const { mode, connections, seconds, active = connections } = load;
  const run = spawn(generator, [mode, localPort, remotePort, connections, seconds, active].map(String), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let before = 0;
    for await (const line of createInterface(run.stdout)) {
      if (line === 'start') before = child === null ? 0 : cpuSeconds(child.pid);
      else {
        const result = JSON.parse(line);
        if (child !== null) checkAlive(peer, child);
        const cpu = child === null ? 0 : cpuSeconds(child.pid) - before;
        const residentBytes = child === null ? 0 : memoryBytes(child.pid);
        return {
          gigabytesPerSecond: result.bytes / 1e9 / result.seconds,
          cpuPerGigabyte: cpu / (result.bytes / 1e9),
          roundsPerSecond: result.rounds / result.seconds,
          cpuPerRoundUs: (cpu / result.rounds) * 1e6,
          cpuPerConnectionUs: (cpu / result.connections) * 1e6,
          connectionsPerSecond: result.connections / result.seconds,
          generatorLoad: result.cpuSeconds / result.seconds,
          residentBytes,
        };
      }
    }
    if (child !== null) checkAlive(peer, child);
    throw new Error(`the load generator ended without a result (${mode}, ${connections} connections)`);
  } finally {
    run.kill('SIGKILL');
    if (child !== null) await stopPeer(child);
  }
}

/** User and system time of a process, with its children. Of one that is reaped meanwhile the parent has the time. */
function cpuSeconds(pid) {
  return (
    family(pid).reduce((sum, member) => {
      const fields = read(`/proc/${member}/stat`).split(') ')[1]?.split(' ') ?? [];
      return sum + [11, 12, 13, 14].reduce((ticks, index) => ticks + Number(fields[index] ?? 0), 0);
    }, 0) / TICKS_PER_SECOND
  );
}

function memoryBytes(pid) {
  return family(pid).reduce((sum, member) => {
    const found = /VmRSS:\s+(\d+)/.exec(read(`/proc/${member}/status`));
    return sum + (found === null ? 0 : Number(found[1]) * 1024);
  }, 0);
}

/** A file of /proc, or nothing if its process has gone. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Throws if the measured process is no longer there: its figures would be nonsense. */
function checkAlive(peer, child) {
  const { exitCode, signalCode } = child;
  if (exitCode === null && signalCode === null) return;
  const end = signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;
  throw new Error(`${peer.name} (process ${child.pid}) ended ${end} while it was measured`);
}

function family(pid) {
  let tasks = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has gone.
  }
  const children = tasks.flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
  );
  return [pid, ...children];
}
