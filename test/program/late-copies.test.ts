// A library that is loaded in one test's body copies Node's functions, and extends its classes, for all tests after it.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

type Connect = (port: number, host: string) => net.Socket;

/** What `load` gives, called while a simulation is installed that is gone when it is used. */
async function loadInside<T>(load: () => T): Promise<T> {
  return runProgram(new Simulation(), load);
}

/** What a server says to a client of each of two simulations, one after the other. */
async function greetTwice(connect: Connect, makeServer: typeof net.createServer): Promise<string[]> {
  const greetings: string[] = [];
  for (const name of ['one', 'two']) {
    const sim = new Simulation();
    await runProgram(sim, async () => {
      const server = makeServer((socket) => socket.end(`hello from ${name}`));
      await sim.host(name).run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
      let text = '';
      for await (const chunk of connect(7, name)) text += chunk;
      server.close();
      greetings.push(text);
    });
  }
  return greetings;
}

const GREETINGS = ['hello from one', 'hello from two'];

test('a copy of net.connect made in an earlier simulation reaches the one that is installed', async () => {
  const { connect, createServer } = await loadInside(() => ({ ...net }));
  expect(await greetTwice(connect as Connect, createServer)).toEqual(GREETINGS);
});

test('classes that extend Socket and Server, made in an earlier simulation, live on the one that is installed', async () => {
  const { Client, Greeter } = await loadInside(() => ({
    Client: class extends net.Socket {},
    Greeter: class extends net.Server {},
  }));
  const connect: Connect = (port, host) => new Client().connect(port, host);
  const makeServer = (listener: (socket: net.Socket) => void): net.Server => new Greeter(listener);
  expect(await greetTwice(connect, makeServer as typeof net.createServer)).toEqual(GREETINGS);
});

test('a copy of dns.lookup made in an earlier simulation knows the names of the one that is installed', async () => {
  const { lookup } = await loadInside(() => ({ ...dns }));
  const sim = new Simulation();
  const { address } = sim.host('server');
  sim.host('other');
  const found = await runProgram(
    sim,
    () => new Promise((resolve) => lookup('server', (_, numeric) => resolve(numeric))),
  );
  expect(found).toBe(address);
});

test('a copy of dgram.createSocket made in an earlier simulation sends over the one that is installed', async () => {
  const { createSocket } = await loadInside(() => ({ ...dgram }));
  const sim = new Simulation();
  const text = await runProgram(sim, async () => {
    const receiver = await sim.host('server').run(async () => {
      const socket = createSocket('udp4').bind(7);
      await new Promise((resolve) => socket.once('listening', resolve));
      return socket;
    });
    const received = new Promise((resolve) => receiver.once('message', resolve));
    const sender = createSocket('udp4');
    sender.send('hello', 7, 'server');
    const message = await received;
    sender.close();
    receiver.close();
    return String(message);
  });
  expect(text).toBe('hello');
});

test('a copy of net.connect made in a simulation is Node’s own where none is installed', async () => {
  const { connect } = await loadInside(() => ({ ...net }));
  const server = net.createServer((socket) => socket.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  let text = '';
  for await (const chunk of connect(port, '127.0.0.1')) text += chunk;
  server.close();
  expect(text).toBe('hello');
});

test('a class that was made in a simulation and is used where none is installed says what to do', async () => {
  const Client = await loadInside(() => class extends net.Socket {});
  expect(() => new Client()).toThrow(
    expect.objectContaining({
      code: 'ERR_NOT_RUNNING',
      message: expect.stringContaining('load what made it'),
    }),
  );
});
