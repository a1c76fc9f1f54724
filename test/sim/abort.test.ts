// What an abort leaves of the bytes that were sent before it.
import { describe, expect, test } from 'vitest';
import { Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, PORT } from './support/noting.ts';

/** A connected pair at 4 ms. */
function world(options: SimulationOptions = {}) {
  const sim = new Simulation({ families: [], ...options });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  sim.run({ untilMs: 4, allowOpen: true });
  return { sim, server, client };
}

describe('bytes sent before an abort', () => {
  test('arrive before the reset if they had left', () => {
    const { sim, server, client } = world();
    client.send(bytes('farewell'));
    client.abort();
    sim.run({ allowOpen: true });
    expect(server.events).toEqual([
      [5, 'data farewell'],
      [5, 'reset ECONNRESET'],
    ]);
  });

  test('are gone if they waited in the send buffer for the peer to announce room', () => {
    const { sim, server, client } = world({ buffers: { sendBytes: 100, receiveBytes: 4 } });
    client.send(bytes('abcdefgh'));
    client.abort();
    sim.run({ allowOpen: true });
    expect(server.events).toEqual([
      [5, 'data abcd'],
      [5, 'reset ECONNRESET'],
    ]);
  });

  test('are not sent again if they were lost', () => {
    const { sim, server, client } = world();
    sim.link('app', 'db').loseNext(1);
    client.send(bytes('farewell'));
    client.abort();
    sim.run({ allowOpen: true });
    expect(server.events).toEqual([[5, 'reset ECONNRESET']]);
  });
});
