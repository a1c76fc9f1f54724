// A whole process on the simulation, as its parent sees it: what it prints, and how it ends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { certificate } from '../libraries/certificate.ts';

const module = (path: string): string => JSON.stringify(new URL(`../../dist/${path}`, import.meta.url).href);

/** Runs `program`, which is CommonJS-like code that may `await`, in a process of its own under `runProcess`. */
function run(program: string): { status: number | null; stdout: string; stderr: string } {
  const script = `
    const { createRequire } = await import('node:module');
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const { Simulation } = await import(${module('sim/index.js')});
    const { runProcess } = await import(${module('harness/index.js')});
    const sim = new Simulation();
    const installation = runProcess(sim);
    const net = require('net');
    const { once } = require('events');
    ${program}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 15_000,
  });
}

it('a process ends by itself once its server is closed', () => {
  const { status, stdout } = run(`
    const server = net.createServer((socket) => socket.end('hello'));
    server.listen(0, () => {
      net.connect(server.address().port).on('data', (bytes) => console.log(String(bytes)));
      server.once('connection', () => server.close());
    });`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n' });
});

it('an hour of a timer passes at once, and an unreferenced timer holds nothing up', () => {
  const { status, stdout } = run(`
    setTimeout(() => console.log(sim.nowMs), 3_600_000);
    setTimeout(() => console.log('never'), 7_200_000).unref();`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '3600000\n' });
});

it('an exception that nobody handles ends the process with its own exit code', () => {
  const { status, stderr } = run(`setTimeout(() => { throw new Error('a failing test'); }, 10);`);
  expect(status).toBe(1);
  expect(stderr).toContain('a failing test');
});

it('http2 sends as many frames as over a native handle, in each session', () => {
  const { status, stdout } = run(`
    const http2 = require('http2');
    const { PerformanceObserver } = require('perf_hooks');
    const server = http2.createServer().on('stream', (stream) => {
      stream.respond();
      stream.write('rain', () => stream.end());
    });
    const ask = (left) => {
      const observer = new PerformanceObserver((list) => {
        for (const { name, detail } of list.getEntries()) {
          if (name !== 'Http2Session' || detail.type !== 'client') continue;
          console.log(detail.framesReceived);
          observer.disconnect();
          if (left > 1) ask(left - 1);
          else server.close();
        }
      });
      observer.observe({ type: 'http2' });
      const session = http2.connect('http://localhost:' + server.address().port, () => {
        session.request().resume().on('end', () => session.close());
      });
    };
    server.listen(0, () => ask(3));`);
  // Two of settings, one of headers, one of data, one of its end.
  expect({ status, stdout }).toEqual({ status: 0, stdout: '5\n5\n5\n' });
});

it("a program's own uncaughtException listener is called", () => {
  const { status, stdout } = run(`
    process.on('uncaughtException', (error) => console.log(error.message));
    net.connect(1).on('error', () => { throw new Error('mine'); });`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'mine\n' });
});

it('what a beforeExit listener starts is driven, too', () => {
  const { status, stdout } = run(`
    process.once('beforeExit', () => setTimeout(() => console.log('late'), 1000));`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'late\n' });
});

it('beforeExit is heard when the program is over, and not before', () => {
  const { stdout } = run(`
    process.on('beforeExit', () => console.log('over'));
    setImmediate(() => setImmediate(() => setTimeout(() => console.log('done'), 50)));`);
  expect(stdout).toBe('done\nover\n');
});

it('a process that waits for what cannot happen fails, saying for what', () => {
  const { status, stderr } = run(`net.createServer().listen(80);`);
  expect(status).toBe(1);
  expect(stderr).toContain('ERR_NEVER_SETTLES');
  expect(stderr).toContain('server listening on');
});

it('an idle keep-alive connection hears that its server has closed it while immediates keep the process alive', () => {
  const { status, stdout } = run(`
    const http = require('http');
    const server = http.createServer((_, response) => response.end('sunny')).listen(80);
    const [response] = await once(http.get({ port: 80 }), 'response');
    await once(response.resume(), 'end');
    server.close();
    await once(server, 'close');
    const free = () => Object.values(http.globalAgent.freeSockets).flat().length;
    console.log(free());
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    console.log(free());`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '1\n0\n' });
});

it('a loop on loopback that ends when time has passed ends', () => {
  const { status, stdout } = run(`
    const server = net.createServer((socket) => socket.end('hello')).listen(80);
    for (const endMs = Date.now() + 500; Date.now() < endMs; ) await once(net.connect(80).resume(), 'close');
    server.close();
    console.log(sim.nowMs >= 500);`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'true\n' });
});

it("a server's path is a file while it listens", () => {
  const { status, stdout } = run(`
    const fs = require('fs');
    const path = require('path').join(require('os').tmpdir(), 'foulweather-' + process.pid + '.sock');
    const server = net.createServer().listen(path, () => {
      console.log(fs.existsSync(path));
      server.close(() => console.log(fs.existsSync(path)));
    });`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'true\nfalse\n' });
});

/** The documented preloads, and programs of either kind that know nothing of them. */
const PRELOADS = {
  'preload.mjs': `
    import { runProcess } from ${module('harness/index.js')};
    import { Simulation } from ${module('sim/index.js')};
    runProcess(new Simulation());`,
  'preload.cjs': `
    const { runProcess } = require(new URL(${module('harness/index.js')}).pathname);
    const { Simulation } = require(new URL(${module('sim/index.js')}).pathname);
    runProcess(new Simulation());`,
};

const PROGRAMS = {
  'program.cjs': `
    const { connect, createServer } = require('net');
    const server = createServer((socket) => socket.setTimeout(3_600_000, () => socket.end('late'))).listen(0, () => {
      connect(server.address().port).on('data', (bytes) => { console.log(String(bytes)); server.close(); });
    });`,
  'program.mjs': `
    import { createServer } from 'node:http';
    const server = createServer((request, response) => setTimeout(() => response.end('late'), 3_600_000));
    server.requestTimeout = 0;
    await new Promise((resolve) => server.listen(80, resolve));
    const { get } = await import('http');
    const response = await new Promise((resolve) => get('http://localhost/', { agent: false }, resolve));
    for await (const bytes of response) console.log(String(bytes));
    server.close();`,
};

it.each([
  ['--import', 'preload.mjs', 'program.mjs'],
  ['--import', 'preload.mjs', 'program.cjs'],
  ['--require', 'preload.cjs', 'program.mjs'],
  ['--require', 'preload.cjs', 'program.cjs'],
] as const)('node %s %s %s runs on the simulation', (flag, preload, program) => {
  const folder = mkdtempSync(join(tmpdir(), 'foulweather-'));
  try {
    for (const [name, text] of Object.entries({ ...PRELOADS, ...PROGRAMS }))
      writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [flag, join(folder, preload), join(folder, program)],
      {
        encoding: 'utf8',
        timeout: 15_000,
      },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'late\n', stderr: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("leaves Node's own undici unloaded: a program's undici, loaded later, would take its dispatcher", () => {
  const { stdout } = run(`
    const keys = Object.getOwnPropertySymbols(globalThis).map(({ description }) => description);
    console.log(keys.filter((key) => key.startsWith('undici.')).length);`);
  expect(stdout).toBe('0\n');
});

it('tls is not loaded before the program loads it', () => {
  const { status, stdout } = run(`
    const isLoaded = () => process.moduleLoadList.includes('NativeModule tls');
    console.log(isLoaded());
    require('https');
    console.log(isLoaded());`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'false\ntrue\n' });
});

it.each([
  ['require', "require('tls')"],
  ['import', "await import('node:tls')"],
  ['the module below it', "require('_tls_wrap')"],
])('tls that a program loads by %s stands on the simulation', (_, load) => {
  const { status, stdout } = run(`
    const { connect, TLSSocket } = ${load};
    connect(1, 'app').on('error', ({ code }) => console.log(code));
    console.log(new TLSSocket(new net.Socket()) instanceof net.Socket);`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'true\nECONNREFUSED\n' });
});

it.each([
  ['require', "require('http2')"],
  ['import', "await import('node:http2')"],
])('http2 that a program loads by %s stands on the simulation', (_, load) => {
  const { status, stdout } = run(`
    const { connect, createServer } = ${load};
    const server = createServer((_, response) => response.end('hello')).listen(80);
    const client = connect('http://app');
    client.request({ ':path': '/' }).setEncoding('utf8').on('data', console.log).on('end', () => {
      console.log(client.socket.remotePort);
      client.close();
      server.close();
    });`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n80\n' });
});

it('tls that nobody has loaded is as Node made it once the simulation is taken out', () => {
  const { status, stdout } = run(`
    installation.remove();
    const { value } = Object.getOwnPropertyDescriptor(net, 'Socket');
    const { TLSSocket } = require('tls');
    console.log(Object.getPrototypeOf(TLSSocket) === value, Object.hasOwn(TLSSocket.prototype, 'connect'));`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'true false\n' });
});

it('an HTTP/2 stream over TLS that is destroyed while it sends closes, and its session with it', () => {
  const { status, stdout, stderr } = run(`
    const http2 = require('http2');
    const settings = { ...${JSON.stringify(certificate)}, maxSessionMemory: 1000 };
    const server = http2.createSecureServer(settings);
    let upload;
    server.on('stream', (stream) => {
      stream.on('error', () => {}).on('data', () => {
        stream.write('heard');
        process.nextTick(() => upload.destroy());
      });
    });
    server.listen(0, () => {
      const url = 'https://localhost:' + server.address().port;
      const client = http2.connect(url, { rejectUnauthorized: false, maxSessionMemory: 1000 });
      client.on('close', () => console.log('session closed'));
      upload = client.request({ ':method': 'POST' });
      upload.resume().on('close', () => {
        console.log('stream closed');
        client.close();
        server.close();
      });
      upload.write(Buffer.alloc(65536));
    });`);
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: 'stream closed\nsession closed\n',
    stderr: '',
  });
});
