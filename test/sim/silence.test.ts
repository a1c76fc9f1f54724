// How a connection finds out that its peer says nothing any more.
import { describe, expect, test } from 'vitest';
import type { KeepAliveOptions } from '../../src/core/index.ts';
import { Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, Noting, PORT } from './support/noting.ts';

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

function world(options: SimulationOptions = {}): { sim: Simulation; server: Accepting; client: Noting } {
  const sim = new Simulation(options);
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  return { sim, server, client };
}

/** Switches keep-alive on at the client's end once it is connected. */
function keepAlive(sim: Simulation, client: Noting, options: KeepAliveOptions): void {
  client.handleConnect = () => {
    client.note('connect');
    for (const endpoint of sim.host('app').openEndpoints) endpoint.setKeepAlive(options);
  };
}

const FAST: KeepAliveOptions = { idleMs: 10_000, intervalMs: 1000, count: 5 };

describe('keep-alive', () => {
  test('gives a silent peer up with ETIMEDOUT after idle + interval · count', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => sim.host('db').crash());
    run(sim);
    // Its last segment was acknowledged at 4 ms.
    expect(client.events).toEqual([
      [2, 'connect'],
      [15_004, 'failed ETIMEDOUT'],
    ]);
  });

  test('asked for while a name’s addresses are tried holds for the one that answers', () => {
    const sim = new Simulation();
    new Accepting(sim.host('db'));
    sim.network.naming.set('db.example', ['10.9.9.9', sim.host('db').address]);
    const endpoint = sim.host('app').connect({ host: 'db.example', port: PORT });
    endpoint.setKeepAlive?.(FAST);
    const client = new Noting(sim.host('app'), endpoint);
    sim.at(2000, () => sim.host('db').crash());
    run(sim);
    expect(client.texts).toEqual(['failed ETIMEDOUT']);
  });

  test("asks after two hours, nine times, 75 seconds apart, by Linux's defaults", () => {
    const { sim, client } = world();
    keepAlive(sim, client, {});
    sim.at(100, () => sim.network.link('app', 'db').partition());
    run(sim);
    expect(client.events[1]).toEqual([4 + 7_200_000 + 9 * 75_000, 'failed ETIMEDOUT']);
  });

  test('counts from the last byte that came or was acknowledged', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(5000, () => client.send(bytes('hi')));
    sim.at(6000, () => sim.network.link('app', 'db').partition());
    run(sim);
    expect(client.events[1]).toEqual([5002 + 15_000, 'failed ETIMEDOUT']);
  });

  test('of a peer that answers asks nothing, and lets the run end', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    run(sim);
    expect(sim.nowMs).toBe(3);
    expect(client.events).toEqual([[2, 'connect']]);
  });

  test.each(['app', 'db'])('notices that nothing gets away from %s alone', (from) => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => sim.link(from, from === 'app' ? 'db' : 'app').partition());
    run(sim);
    expect(client.events[1]).toEqual([15_004, 'failed ETIMEDOUT']);
  });

  test('meets a reset when a peer that had closed has given up what it sent', () => {
    const { sim, server, client } = world();
    keepAlive(sim, client, { idleMs: 200_000, intervalMs: 1000, count: 5 });
    const link = sim.link('db', 'app');
    sim.at(100, () => {
      link.partition();
      server.accepted[0].send(bytes('last'));
      server.accepted[0].close();
    });
    // Nine attempts of a closed connection take 102 seconds (tcp(7), tcp_orphan_retries).
    sim.at(110_000, () => void link.repair());
    run(sim);
    expect(client.texts).toEqual(['connect', 'reset ECONNRESET']);
  });

  test('begins anew when the peer has answered in between', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    const pair = sim.network.link('app', 'db');
    sim.at(100, () => pair.partition());
    sim.at(14_000, () => pair.repair());
    sim.at(20_000, () => pair.partition());
    run(sim);
    // The question of 14,004 ms is answered.
    expect(client.events[1]).toEqual([14_006 + 15_000, 'failed ETIMEDOUT']);
  });

  test('meets a reset when the peer is up again and remembers nothing', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => sim.host('db').crash());
    sim.at(200, () => sim.host('db').restart());
    run(sim);
    expect(client.events[1]).toEqual([10_006, 'reset ECONNRESET']);
  });

  test('leaves it to data in flight to be sent again and given up', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => {
      client.send(bytes('never'));
      sim.link('app', 'db').partition();
    });
    run(sim);
    expect(client.events[1]).toEqual([924_701, 'failed ETIMEDOUT']);
  });

  test('that is switched off asks no more', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => sim.network.link('app', 'db').partition());
    sim.at(12_000, () => {
      for (const endpoint of sim.host('app').openEndpoints) endpoint.setKeepAlive(null);
    });
    run(sim);
    expect(client.texts).toEqual(['connect']);
    expect(sim.nowMs).toBe(12_000);
  });

  test('of a connection that is closed asks no more', () => {
    const { sim, client } = world();
    keepAlive(sim, client, FAST);
    sim.at(100, () => sim.host('db').crash());
    sim.at(12_000, () => client.abort());
    run(sim);
    expect(sim.nowMs).toBeLessThan(13_000);
  });

  test('takes no negative time and no count of 0', () => {
    const { sim, client } = world();
    run(sim);
    const [endpoint] = sim.host('app').openEndpoints;
    for (const bad of [{ idleMs: -1 }, { intervalMs: Number.NaN }, { count: 0 }, { count: 128 }])
      expect(() => endpoint.setKeepAlive(bad)).toThrowError(
        expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }),
      );
    client.close();
  });
});

describe('a sender that waits for its peer to read', () => {
  /** A client that has filled the window of a server that does not read. */
  function blocked(): ReturnType<typeof world> {
    const made = world({ windowBytes: 4 });
    made.client.handleConnect = () => void made.client.send(bytes('full'));
    made.sim.at(50, () => made.server.accepted[0].wantRead(false));
    made.server.handleAccepted = (endpoint) => {
      const peer = new Noting(made.sim.host('db'), endpoint, made.server.events);
      peer.wantRead(false);
      made.server.accepted.push(peer);
    };
    return made;
  }

  test('asks a host that has crashed, ever more rarely, and gives up with ETIMEDOUT', () => {
    const { sim, client } = blocked();
    sim.at(100, () => sim.host('db').crash());
    run(sim);
    expect(client.texts).toEqual(['failed ETIMEDOUT']);
    // Fifteen questions, the first 200 ms after it has heard the last, then 0.4, 0.8 … 102.4 and 120 seconds apart.
    expect(client.events[0][0]).toBe(4 + 924_600);
  });

  test('meets a reset when the host is up again', () => {
    const { sim, client } = blocked();
    sim.at(100, () => sim.host('db').crash());
    sim.at(1000, () => sim.host('db').restart());
    run(sim);
    expect(client.texts).toEqual(['reset ECONNRESET']);
  });

  test('meets a reset when the one that ended the connection was lost', () => {
    const { sim, server, client } = blocked();
    const link = sim.link('db', 'app');
    sim.at(100, () => void link.partition());
    sim.at(110, () => server.accepted[0].abort());
    sim.at(5000, () => void link.repair());
    run(sim);
    expect(client.texts).toEqual(['reset ECONNRESET']);
  });

  test('waits as long as the peer lives', () => {
    const { sim, client } = blocked();
    run(sim);
    expect(client.texts).toEqual([]);
  });

  test('goes on when the link is repaired and the peer reads', () => {
    const { sim, server, client } = blocked();
    const pair = sim.network.link('app', 'db');
    sim.at(100, () => pair.partition());
    sim.at(5000, () => pair.repair());
    sim.at(6000, () => server.accepted[0].wantRead(true));
    client.handleWrite = () => {
      client.wantWrite(false);
      client.note('room');
    };
    sim.at(60, () => client.wantWrite(true));
    run(sim);
    expect(server.events).toEqual([[6000, 'data full']]);
    expect(client.events).toEqual([[6001, 'room']]);
  });
});

describe('a destination that is unreachable', () => {
  test.each(['EHOSTUNREACH', 'ENETUNREACH'] as const)('is reported as %s to whoever connects', (code) => {
    const sim = new Simulation();
    new Accepting(sim.host('db'));
    sim.host('app');
    sim.network.link('app', 'db').unreachable(code);
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    run(sim);
    expect(client.events).toEqual([[2, `failed ${code}`]]);
  });

  test('ends an open connection with that code once it gives up, and not before', () => {
    const { sim, client } = world();
    sim.at(100, () => {
      client.send(bytes('never'));
      sim.link('app', 'db').unreachable();
    });
    run(sim);
    expect(client.events[1]).toEqual([924_701, 'failed EHOSTUNREACH']);
  });

  test('is reached again after the repair', () => {
    const sim = new Simulation();
    new Accepting(sim.host('db'));
    sim.link(sim.host('app').name, 'db').unreachable().repair();
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    run(sim);
    expect(client.texts).toEqual(['connect']);
  });

  test('cannot be so for another reason', () => {
    const sim = new Simulation();
    expect(() =>
      sim.link(sim.host('app').name, sim.host('db').name).unreachable('EIO' as never),
    ).toThrowError(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });
});
