// What a link does to traffic by plan: loses a share of it, delivers in bursts, shares its bandwidth.
import { describe, expect, test } from 'vitest';
import { random, Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, type Note, PORT } from './support/noting.ts';

function world(options: SimulationOptions = {}) {
  const sim = new Simulation({ families: [], trace: true, fingerprints: true, ...options });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  return { sim, server, client };
}

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

/** When segments were lost. */
function lost(sim: Simulation): number[] {
  return sim.trace!.events.filter(({ kind }) => kind === 'lost').map(({ atMs }) => atMs);
}

/** Sends a byte every 10 ms, a hundred times. */
function drip({ sim, client }: ReturnType<typeof world>): void {
  for (let index = 1; index <= 100; index += 1) sim.at(10 * index, () => void client.send(bytes('x')));
}

describe('a link that loses', () => {
  test('each third segment delays it by a retransmission, and what follows it', () => {
    const { sim, server, client } = world();
    sim.at(5, () => {
      sim.link('app', 'db').lose({ every: 3 });
      for (const text of ['a', 'b', 'c', 'd']) client.send(bytes(text));
    });
    run(sim);
    expect(server.events).toEqual([
      [6, 'data a'],
      [6, 'data b'],
      [206, 'data c'],
      [206, 'data d'],
    ]);
  });

  test('a share of all segments loses about as many, and nothing of the stream', () => {
    const made = world();
    made.sim.at(5, () => made.sim.link('app', 'db').lose({ rate: 0.2 }));
    drip(made);
    run(made.sim);
    expect(made.server.events).toHaveLength(100);
    // A hundred segments and those sent again: 25 losses are to be expected.
    expect(lost(made.sim).length).toBeGreaterThan(12);
    expect(lost(made.sim).length).toBeLessThan(40);
  });

  test('a share loses the same in every calm run, and otherwise where a schedule draws another pattern', () => {
    const strategies = [undefined, undefined, ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => random(seed))];
    const times = strategies.map((strategy) => {
      const made = world({ strategy });
      made.sim.at(5, () => made.sim.link('app', 'db').lose({ rate: 0.2 }));
      drip(made);
      run(made.sim);
      return lost(made.sim).join();
    });
    expect(times[0]).toBe(times[1]);
    expect(new Set(times).size).toBeGreaterThan(1);
  });

  test('everything makes its sender give up, and nothing after null', () => {
    const { sim, client } = world();
    sim.link('app', 'db').lose({ rate: 1 });
    sim.at(5000, () => sim.link('app', 'db').lose(null));
    run(sim);
    expect(client.events).toEqual([[7002, 'connect']]);
    const hopeless = world();
    hopeless.sim.link('app', 'db').lose({ every: 1 });
    run(hopeless.sim);
    expect(hopeless.client.texts).toEqual(['failed ETIMEDOUT']);
  });

  test('tells a search how far it has counted', () => {
    const states = [1, 2].map((count) => {
      const { sim, client } = world();
      client.handleConnect = () => {
        sim.link('app', 'db').lose({ every: 9 });
        for (let index = 0; index < count; index += 1) client.send(bytes('x'));
      };
      run(sim);
      return sim.fingerprint();
    });
    expect(states[0]).not.toBe(states[1]);
  });

  test.each([[{ rate: 1.5 }], [{ rate: -0.1 }], [{ every: 0 }], [{}], [{ rate: 0.5, every: 2 }]])(
    '%j is refused at the call',
    (options) => {
      const { sim } = world();
      expect(() => sim.link('app', 'db').lose(options as never)).toThrow(/rate|every/);
    },
  );
});

// RFC 5681 section 3.2: three acknowledgements of the same bytes ask for what is missing.
describe('a segment that is lost is sent again', () => {
  function losing(count: number, later: readonly (readonly [atMs: number, text: string])[]): Note[] {
    const { sim, server, client } = world();
    sim.at(5, () => {
      sim.link('app', 'db').loseNext(count);
      client.send(bytes('lost '));
    });
    for (const [atMs, text] of later) sim.at(atMs, () => void client.send(bytes(text)));
    run(sim);
    return server.events;
  }

  test('a round trip after three that follow it have arrived', () => {
    expect(
      losing(1, [
        [5, 'a'],
        [5, 'b'],
        [5, 'c'],
        [6, 'd'],
      ]),
    ).toEqual([
      [8, 'data lost '],
      [8, 'data a'],
      [8, 'data b'],
      [8, 'data c'],
      [8, 'data d'],
    ]);
  });

  test('as soon as the third has been sent after it, at whatever time', () => {
    expect(
      losing(1, [
        [20, 'a'],
        [40, 'b'],
        [60, 'c'],
      ])[0],
    ).toEqual([63, 'data lost ']);
  });

  test('at its time-out if only two follow it', () => {
    expect(
      losing(1, [
        [5, 'a'],
        [5, 'b'],
      ])[0],
    ).toEqual([206, 'data lost ']);
  });

  test('at its time-out if the third comes later than that', () => {
    expect(
      losing(1, [
        [5, 'a'],
        [5, 'b'],
        [250, 'c'],
      ])[0],
    ).toEqual([206, 'data lost ']);
  });

  test('after a round trip also if one large one follows it, which is three segments', () => {
    expect(losing(1, [[5, 'x'.repeat(2921)]])[0]).toEqual([8, 'data lost ']);
    expect(losing(1, [[5, 'x'.repeat(2920)]])[0]).toEqual([206, 'data lost ']);
  });

  test('at a time-out when it is lost again', () => {
    expect(
      losing(2, [
        [5, 'a'],
        [5, 'b'],
        [5, 'c'],
      ])[0],
    ).toEqual([208, 'data lost ']);
  });

  test('at its time-out if the acknowledgements are lost', () => {
    const { sim, server, client } = world();
    sim.at(5, () => {
      sim.link('db', 'app').partition();
      sim.link('app', 'db').loseNext(1);
      for (const text of ['lost ', 'a', 'b', 'c']) client.send(bytes(text));
    });
    sim.at(100, () => sim.link('db', 'app').repair());
    run(sim);
    expect(server.events[0]).toEqual([206, 'data lost ']);
  });

  test('after a round trip with buffers apart, too', () => {
    const sim = new Simulation({ buffers: {} });
    sim.host('app');
    const server = new Accepting(sim.host('db'));
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    sim.at(5, () => {
      sim.link('app', 'db').loseNext(1);
      for (const text of ['lost ', 'a', 'b', 'c']) client.send(bytes(text));
    });
    run(sim);
    expect(server.events[0]).toEqual([8, 'data lost ']);
  });
});

describe('a link that delivers in bursts', () => {
  test('keeps what comes until the next one, and its receiver finds it all at once', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      sim.network.link('app', 'db').burst({ everyMs: 100 });
      for (const atMs of [10, 20, 130]) sim.at(atMs, () => void client.send(bytes(`${atMs} `)));
      sim.at(140, () => client.close());
    };
    run(sim);
    expect(server.events).toEqual([
      [100, 'data 10 20 '],
      [200, 'data 130 '],
      [200, 'end'],
    ]);
  });

  test('of 0 ms delivers as it comes again', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      sim.link('app', 'db').burst({ everyMs: 100 });
      sim.link('app', 'db').burst({ everyMs: 0 });
      client.send(bytes('now'));
    };
    run(sim);
    expect(server.events).toEqual([[3, 'data now']]);
  });

  test('keeps to its time while it holds, or is cut', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      sim.link('app', 'db').burst({ everyMs: 100 });
      client.send(bytes('a'));
      client.send(bytes('b'));
      sim.link('app', 'db').hold();
      sim.at(150, () => sim.link('app', 'db').release());
    };
    run(sim);
    expect(server.events).toEqual([[150, 'data ab']]);
  });

  test('tells a search how far the next one is', () => {
    const states = [50, 60].map((untilMs) => {
      const { sim } = world();
      sim.link('app', 'db').burst({ everyMs: 100 });
      sim.run({ untilMs, allowOpen: true });
      return sim.fingerprint();
    });
    expect(states[0]).not.toBe(states[1]);
  });

  test('negative times are refused at the call', () => {
    expect(() => world().sim.link('app', 'db').burst({ everyMs: -1 })).toThrow(/everyMs/);
  });
});

describe('connections that share a bandwidth', () => {
  /** Bytes by connection and time, over a link of one segment each 100 ms. */
  function shared(sizes: readonly number[], atMs: readonly number[] = []): [number, string][] {
    const sim = new Simulation({ families: [] });
    const server = new Accepting(sim.host('db'));
    const clients = sizes.map(() => connecting(sim.host('app'), { host: 'db', port: PORT }));
    sim.at(5, () => sim.link('app', 'db').bandwidth({ bytesPerSecond: 14_600 }));
    for (const [index, client] of clients.entries())
      sim.at(atMs[index] ?? 10, () => void client.send(new Uint8Array(sizes[index])));
    run(sim);
    return server.events;
  }

  test('take turns, segment by segment', () => {
    expect(shared([2920, 2800])).toEqual([
      [111, '1460 bytes'],
      [211, '1460 bytes'],
      [311, '1460 bytes'],
      [403, '1340 bytes'],
    ]);
  });

  test('let one that begins later go before what another has piled up', () => {
    expect(shared([5840, 30], [10, 50])).toEqual([
      [111, '1460 bytes'],
      [114, '30 bytes'],
      [214, '1460 bytes'],
      [314, '1460 bytes'],
      [414, '1460 bytes'],
    ]);
  });

  test('owe nothing for what they had while nobody else wanted any', () => {
    // The second begins at 250 ms, when the first has had 2920 bytes: from then on they take turns.
    expect(shared([5840, 2920], [10, 250])).toEqual([
      [111, '1460 bytes'],
      [211, '1460 bytes'],
      [311, '1460 bytes'],
      [411, '1460 bytes'],
      [511, '1460 bytes'],
      [611, '1460 bytes'],
    ]);
  });

  test('tell a search what waits in turn', () => {
    const states = [30, 40].map((size) => {
      const sim = new Simulation({ families: [], fingerprints: true });
      new Accepting(sim.host('db'));
      const [one, other] = [1, 2].map(() => connecting(sim.host('app'), { host: 'db', port: PORT }));
      sim.at(5, () => sim.link('app', 'db').bandwidth({ bytesPerSecond: 14_600 }));
      sim.at(10, () => {
        one.send(new Uint8Array(1500));
        other.send(new Uint8Array(size));
      });
      sim.run({ untilMs: 20, allowOpen: true });
      return sim.network.stateText();
    });
    expect(states[0]).not.toBe(states[1]);
  });
});
