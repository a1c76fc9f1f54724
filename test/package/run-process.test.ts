// A whole process on the simulation, as its parent sees it: what it prints, and how it ends.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const module = (path: string): string => JSON.stringify(new URL(`../../dist/${path}`, import.meta.url).href);

/** Runs `program`, which is CommonJS-like code that may `await`, in a process of its own under `runProcess`. */
function run(program: string): { status: number | null; stdout: string; stderr: string } {
  const script = `
    const { createRequire } = await import('node:module');
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const { Simulation } = await import(${module('sim/index.js')});
    const { runProcess } = await import(${module('harness/index.js')});
    const sim = new Simulation();
    runProcess(sim);
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

it('a process that waits for what cannot happen fails, saying for what', () => {
  const { status, stderr } = run(`net.createServer().listen(80);`);
  expect(status).toBe(1);
  expect(stderr).toContain('ERR_NEVER_SETTLES');
  expect(stderr).toContain('server listening on');
});
