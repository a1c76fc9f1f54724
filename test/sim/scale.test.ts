// What must hold however many there are. What it costs is in benchmarks/sim/scale.mjs.
import { expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes, type Reactor } from '../../src/core/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { Arena } from '../../src/sim/tcp/arena.ts';
import { StreamBuffer } from '../../src/sim/tcp/stream-buffer.ts';

class Quiet extends Dispatcher {
  got = 0;

  constructor(reactor: Reactor, endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.wantWrite(false);
  }

  override handleConnect(): void {}

  override handleWrite(): void {}

  override handleRead(): void {
    const received = this.recv(65536);
    if (isBytes(received)) this.got += received.length;
  }

  override handleEnd(): void {
    this.close();
  }
}

class Echo extends Quiet {
  override handleRead(): void {
    const received = this.recv(65536);
    if (isBytes(received)) this.send(received);
  }
}

class Listener extends Dispatcher {
  constructor(reactor: Reactor) {
    super(reactor);
    this.bind({ host: '0.0.0.0', port: 7 });
    this.listen(65535);
  }

  override handleAccepted(endpoint: Endpoint): void {
    new Echo(this.reactor, endpoint);
  }
}

function connectTo(sim: Simulation, name: string): Quiet {
  const client = new Quiet(sim.host(name).reactor);
  client.connect({ host: 'server', port: 7 });
  return client;
}

test('10,000 connections over 1,000 hosts each get back what they sent', () => {
  const sim = new Simulation({ families: [] });
  new Listener(sim.host('server').reactor);
  const clients = Array.from({ length: 10_000 }, (_, index) => connectTo(sim, `h${index % 1000}`));
  sim.run({ allowOpen: true });
  const bytes = new Uint8Array(1000);
  for (const client of clients) {
    expect(client.send(bytes)).toBe(1000);
    client.shutdownWrite();
  }
  sim.run();
  expect(clients.every(({ got, closed }) => closed && got === 1000)).toBe(true);
});

test('handlers that only look, more than 1,000 in a row, are no livelock', () => {
  const sim = new Simulation({ families: [] });
  new Listener(sim.host('server').reactor);
  const clients = Array.from({ length: 3000 }, () => connectTo(sim, 'client'));
  sim.run({ allowOpen: true });
  expect(clients.every(({ connected }) => connected)).toBe(true);
});

test('a handler called again and again for nothing is a livelock', () => {
  const sim = new Simulation({ families: [] });
  new Listener(sim.host('server').reactor);
  const spinner = new (class extends Quiet {
    override writable(): boolean {
      return true;
    }
  })(sim.host('client').reactor);
  spinner.connect({ host: 'server', port: 7 });
  expect(() => sim.run({ allowOpen: true })).toThrow(expect.objectContaining({ code: 'ERR_LIVELOCK' }));
});

test('a host that has run through its ports gives those that are free again, and none that is used', () => {
  const sim = new Simulation({ families: [] });
  new Listener(sim.host('server').reactor);
  const host = sim.host('client');
  host.resources.limitPorts({ first: 5000, last: 5003 });
  const portOf = (client: Quiet): number => (client.localAddress as { port: number }).port;
  const clients = [connectTo(sim, 'client'), connectTo(sim, 'client'), connectTo(sim, 'client')];
  sim.run({ allowOpen: true });
  expect(clients.map(portOf)).toEqual([5000, 5001, 5002]);
  clients[1].close();
  sim.run({ allowOpen: true });
  const more = [connectTo(sim, 'client'), connectTo(sim, 'client')];
  sim.run({ allowOpen: true });
  expect(more.map(portOf)).toEqual([5003, 5001]);
  expect(connectTo(sim, 'client').localAddress).toBeNull();
});

test('a buffer that has been read holds no memory, and the next to send gets it', () => {
  const arena = new Arena(0);
  const [one, other] = [new StreamBuffer(arena), new StreamBuffer(arena)];
  const through = (buffer: StreamBuffer): ArrayBufferLike => {
    buffer.write(new Uint8Array(100), 100);
    buffer.delivered = buffer.written;
    const view = buffer.take(100);
    buffer.settle();
    return view.buffer;
  };
  const first = through(one);
  expect(through(other)).toBe(first);
  arena.reset();
  expect(through(one)).not.toBe(first);
});

test('100,000 timers fire in order of time, and none that was cancelled', () => {
  const sim = new Simulation({ families: [] });
  const { clock } = sim.host('host');
  const fired: number[] = [];
  const timers = Array.from({ length: 100_000 }, (_, index) => {
    const atMs = (index * 7919) % 100_003;
    return clock.setTimer(atMs, () => fired.push(atMs));
  });
  for (const [index, timer] of timers.entries()) if (index % 2 === 1) timer.cancel();
  sim.run();
  expect(fired).toHaveLength(50_000);
  expect(fired).toEqual([...fired].sort((a, b) => a - b));
});
