// A foulweather service as a process of its own, and what it says of itself.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Starts `foulweather ...parameters`; `limits` is put before it by the shell (`ulimit -n 256`), `out` takes its log. */
export async function start(parameters, { limits = ':', out = '/dev/null', admin = true } = {}) {
  const words = [
    process.execPath,
    MAIN,
    ...parameters,
    '--log-format',
    'json',
    ...(admin ? ['--admin', '0'] : []),
  ];
  const line = words.map((word) => `'${word}'`).join(' ');
  const child = spawn(
    'bash',
    ['-c', `${limits}; exec ${line} | tee ${out}`.replace(' | tee /dev/null', '')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ports = await new Promise((resolve, reject) => {
    const found = {};
    let text = '';
    child.stdout.on('data', (chunk) => {
      if (found.service !== undefined && (!admin || found.admin !== undefined)) return;
      text += chunk;
      for (const entry of text.split('\n').slice(0, -1)) {
        const { msg, port } = JSON.parse(entry);
        if (msg === 'listening') found.service ??= port;
        if (msg === 'admin') found.admin = port;
      }
      if (found.service !== undefined && (!admin || found.admin !== undefined)) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
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
    kill: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        child.once('exit', (code, by) => resolve(by ?? code));
        child.kill(signal);
      }),
  };
}
