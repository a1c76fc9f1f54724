// A foulweather service as a process of its own, and what it says of itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/**
 * Starts `foulweather ...parameters`; `limits` is put before it by the shell (`ulimit -n 256`), `environment` is added to
 * ours. With `log` it logs to that file: it must be given the ports to listen on, as it cannot tell them.
 */
export async function start(parameters, { limits = ':', log = null, environment = {} } = {}) {
  const given = log === null ? null : { service: await freePort(), admin: await freePort() };
  const words = [
    process.execPath,
    MAIN,
    ...parameters,
    ...(given === null ? ['-p', '0'] : ['-p', String(given.service)]),
    '--log-format',
    'json',
    '--admin',
    String(given?.admin ?? 0),
  ];
  const line = words.map((word) => `'${word}'`).join(' ');
  const child = spawn('bash', ['-c', `${limits}; exec ${line}${log === null ? '' : ` > '${log}'`}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const died = new Promise((_resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  died.catch(() => {});
  const ports = given ?? (await Promise.race([toldPorts(child), died]));
  if (given !== null) await Promise.race([untilReady(given.admin), died]);
  const metrics = async () => (await fetch(`http://127.0.0.1:${ports.admin}/metrics`)).text();
  return {
    port: ports.service,
    pid: child.pid,
    /** One figure of its own, all labels added up. */
    async figure(name) {
      const lines = (await metrics())
        .split('\n')
        .filter((entry) => entry.startsWith(name) && !entry.startsWith('#'));
      return lines.reduce((sum, entry) => sum + Number(entry.slice(entry.lastIndexOf(' ') + 1)), 0);
    },
    /** What Node waits for in it: sockets, timers, requests. */
    async resources() {
      const found = (await metrics()).matchAll(
        /^nodejs_active_(?:handles|requests|resources)\{type="(\w+)"\} (\d+)/gm,
      );
      return Object.fromEntries([...found].map(([, type, count]) => [type, Number(count)]));
    },
    kill: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        child.once('exit', (code, by) => resolve(by ?? code));
        child.kill(signal);
      }),
  };
}

/** The ports that the service logs. Its log is read on, and dropped. */
function toldPorts(child) {
  return new Promise((resolve) => {
    const found = {};
    let text = '';
    child.stdout.on('data', (chunk) => {
      if (found.service !== undefined && found.admin !== undefined) return;
      text += chunk;
      for (const entry of text.split('\n').slice(0, -1)) {
        const { msg, port } = JSON.parse(entry);
        if (msg === 'listening') found.service ??= port;
        if (msg === 'admin') found.admin = port;
      }
      if (found.service !== undefined && found.admin !== undefined) resolve(found);
    });
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(adminPort) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${adminPort}/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await wait(20);
  }
}
