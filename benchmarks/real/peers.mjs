// The forwarders that are compared. Each is started on a port of its own and says when it is ready.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(`./forwarders/${name}`, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'foulweather-bench-'));

function installed(...paths) {
  return paths.find((path) => existsSync(path));
}

/** 3.11 is the last Python that has asyncore. */
function python311() {
  const found = spawnSync('python3.11', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

function haproxy(local, remote) {
  const file = join(scratch, 'haproxy.cfg');
  writeFileSync(
    file,
    `global\n nbthread 1\n maxconn 9950\ndefaults\n mode tcp\n timeout connect 5s\n timeout client 600s\n timeout server 600s\n` +
      `listen bench\n bind 127.0.0.1:${local}\n server remote 127.0.0.1:${remote}\n`,
  );
  return ['-f', file, '-db'];
}

function nginx(local, remote) {
  const file = join(scratch, 'nginx.conf');
  const module = installed(
    '/usr/lib/nginx/modules/ngx_stream_module.so',
    '/usr/share/nginx/modules/ngx_stream_module.so',
  );
  writeFileSync(
    file,
    `${module ? `load_module ${module};\n` : ''}daemon off;\nmaster_process off;\nerror_log /dev/null;\npid ${scratch}/nginx.pid;\n` +
      `events { worker_connections 19900; }\n` +
      `stream { server { listen 127.0.0.1:${local}; proxy_pass 127.0.0.1:${remote}; } }\n`,
  );
  return ['-c', file];
}

/** name → { command, args(localPort, remotePort) }; those that are not installed are left out. */
export function findPeers() {
  const node = process.execPath;
  const ours = (name, ...modes) => ({
    name,
    command: node,
    args: (local, remote) => [here('foulweather.mjs'), local, remote, ...modes],
  });
  const all = [
    { name: 'pipe', command: node, args: (local, remote) => [here('pipe.mjs'), local, remote] },
    ours('foulweather', 'all'),
    ours('public-API', 'all', 'public'),
    { name: 'haproxy', command: installed('/usr/sbin/haproxy'), args: haproxy },
    { name: 'nginx', command: installed('/usr/sbin/nginx'), args: nginx },
    {
      name: 'socat',
      command: installed('/usr/bin/socat'),
      forks: true,
      args: (local, remote) => [
        `TCP-LISTEN:${local},bind=127.0.0.1,fork,reuseaddr,backlog=4096`,
        `TCP:127.0.0.1:${remote}`,
      ],
    },
    {
      name: 'asyncore',
      command: python311(),
      args: (local, remote) => [here('asyncore_forward.py'), local, remote],
    },
  ];
  return all.filter((peer) => peer.command !== undefined);
}

/** Starts a peer; resolves with its process once it accepts connections. */
export async function startPeer(peer, localPort, remotePort) {
  const child = spawn(peer.command, peer.args(localPort, remotePort).map(String), {
    stdio: 'ignore',
    detached: true,
  });
  running.add(child);
  let failure = null;
  child.once('error', (error) => {
    failure = error.message;
  });
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (await answers(localPort)) return child;
    if (child.exitCode !== null) failure = `it ended with exit code ${child.exitCode}`;
    if (failure !== null) throw new Error(`${peer.name} cannot be started: ${failure}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${peer.name} does not listen on port ${localPort}`);
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

const running = new Set();
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.once('exit', () => {
  for (const child of running) kill(child);
});

/** Ends a peer and what it forked. */
export function stopPeer(child) {
  running.delete(child);
  return new Promise((resolve) => {
    child.once('exit', resolve);
    if (!kill(child)) resolve();
  });
}

function kill(child) {
  try {
    return process.kill(-child.pid, 'SIGKILL');
  } catch {
    return false;
  }
}
