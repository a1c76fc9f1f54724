// A machine that crashes takes its programs with it, and what they had open: nobody can close that any more.
import dgram from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { random, Simulation, WEATHERS } from '../../src/sim/index.ts';

/** A web server that works, waits and remembers for as long as it runs. */
function boot(): void {
  setInterval(() => {}, 60_000);
  dgram.createSocket('udp4').bind(53);
  http.createServer((_request, response) => response.end('sunny')).listen(80);
}

const ask = async (): Promise<string> => (await fetch('http://server/')).text();

test('what a crashed machine had open is not left open by the test', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = sim.host('server');
    server.run(boot);
    expect(await ask()).toBe('sunny');
    server.crash();
  });
});

test('a program that restart boots is that machine’s', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = sim.host('server');
    server.run(boot);
    expect(await ask()).toBe('sunny');
    server.crash();
    server.restart(boot);
    expect(await ask()).toBe('sunny');
    server.crash();
  });
});

test('a program that mayCrash boots is that machine’s, before a crash as well as after it', async () => {
  const sim = new Simulation({ strategy: random(1, { ...WEATHERS.calm, crash: 1 }), families: ['crash'] });
  await runProgram(sim, async () => {
    const server = sim.host('server');
    let boots = 0;
    server.mayCrash(() => {
      boots += 1;
      http.createServer((_request, response) => response.end(`boot ${boots}`)).listen(80);
    });
    expect(await ask()).toBe('boot 1');
    sim.at(sim.nowMs + 1, () => server.crash());
  });
});

test('a timer of a crashed machine is not left open, one of another machine is', async () => {
  const sim = new Simulation();
  const run = runProgram(sim, async () => {
    sim.host('server').run(() => void setInterval(() => {}, 60_000));
    setInterval(() => {}, 30_000);
    sim.host('server').crash();
  });
  await expect(run).rejects.toThrow(/left open[^\n]*\n {2}setInterval of 30000 ms[^\n]*$/);
});

test('a socket that a crashed machine bound for datagrams is gone: the port is free, and nothing reaches it', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = sim.host('server');
    const heard: string[] = [];
    const listen = (name: string): void => {
      dgram
        .createSocket('udp4')
        .on('message', (bytes) => heard.push(`${name}: ${bytes}`))
        .bind(53);
    };
    server.run(() => listen('first'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    server.crash().restart(() => listen('second'));
    const client = dgram.createSocket('udp4');
    client.send('hello', 53, 'server');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(heard).toEqual(['second: hello']);
    client.close();
    server.crash();
  });
});

test('whoever connects over links that are unreachable both ways is told at once', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    sim.host('server');
    sim.network.link('app', 'server').unreachable();
    const [error] = await once(net.connect(80, 'server'), 'connect').catch((thrown) => [thrown]);
    expect(error).toMatchObject({ code: 'EHOSTUNREACH' });
    expect(sim.nowMs).toBeLessThan(5);
  });
});
