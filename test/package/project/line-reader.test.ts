import { Dispatcher, Simulation, type Strategy } from 'foulweather';
import { expect, test } from 'vitest';
import { LineServer } from './line-reader.js';

/** A peer that sends one text and the end of stream. */
class Peer extends Dispatcher {
  private rest = new TextEncoder().encode('first line\nsecond line\n');

  override handleWrite(): void {
    this.rest = this.rest.subarray(this.send(this.rest));
    if (this.rest.length > 0) this.wantWrite(true);
    else this.shutdownWrite();
  }

  override handleConnect(): void {}

  override handleRead(): void {
    this.recv(4096);
  }

  override handleEnd(): void {
    this.close();
  }
}

/** Every send is accepted but for its last byte, every segment arrives in two parts. */
const flaky: Strategy = {
  begin() {},
  choose: (label) => (label.name === 'short-send' || label.name === 'split' ? 1 : 0),
};

function run(options: { strategy?: Strategy } = {}) {
  const sim = new Simulation(options);
  const server = new LineServer(sim.host('server').reactor, 7000);
  new Peer(sim.host('peer').reactor).connect({ host: 'server', port: 7000 });
  sim.run();
  return { sim, reader: server.readers[0] };
}

test('lines arrive whole from a calm peer', () => {
  const { reader } = run();
  expect(reader.lines).toEqual(['first line', 'second line']);
  expect(reader.reads).toBe(1);
});

test('lines arrive whole from a peer whose sends are cut short', () => {
  const { sim, reader } = run({ strategy: flaky });
  expect(reader.lines).toEqual(['first line', 'second line']);
  expect(reader.reads).toBeGreaterThan(1);
  expect(sim.faults['short-send']).toBeGreaterThan(0);
  expect(sim.faults.split).toBeGreaterThan(0);
});
