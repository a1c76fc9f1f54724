// Links that are cut by decision, as a segment arrives there.
import { describe, expect, test } from 'vitest';
import { explore, type Label, Simulation, type Strategy } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, type Note, PORT } from './support/noting.ts';

/** Makes one choice from the `from`-th decision about a cut on, so many times, and is calm otherwise. */
function cutting(choice: number, { from = 0, times = 1 } = {}): Strategy {
  let met = 0;
  return {
    begin: () => {
      met = 0;
    },
    choose: ({ name }: Label) => {
      if (name !== 'partition') return 0;
      met += 1;
      return met > from && met <= from + times ? choice : 0;
    },
  };
}

/** `app` speaks to `db` at 10 ms, once they are connected. */
function world(strategy: Strategy) {
  const sim = new Simulation({ strategy, families: ['partition'], trace: true });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  sim.at(10, () => void client.send(bytes('hello')));
  const deviations = (): string[] => sim.trace!.deviations.map(({ text }) => text);
  return { sim, server, client, deviations };
}

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

/** The attempt to connect and what ends the handshake come before. */
const FIRST_BYTES = { from: 2 };

describe('a link that may be cut', () => {
  test.each([
    [1, 'link app → db: is cut one way for 1000 ms', 11 + 1400],
    [2, 'link app → db: is cut one way for 30000 ms', 11 + 51_000],
    [3, 'link app → db: is cut both ways for 30000 ms', 11 + 51_000],
  ])('is, by choice %i, and what is lost is sent again', (choice, text, atMs) => {
    const { sim, server, deviations } = world(cutting(choice, FIRST_BYTES));
    sim.link('app', 'db').mayPartition();
    run(sim);
    expect(deviations()).toEqual([text]);
    expect(server.events).toEqual([[atMs, 'data hello']]);
    expect(sim.faultCount('partition')).toBe(1);
    expect(sim.hasKilled).toBe(false);
  });

  test('keeps whoever connects waiting', () => {
    const { sim, client } = world(cutting(1));
    sim.link('app', 'db').mayPartition();
    run(sim);
    expect(client.texts).toEqual(['connect']);
    expect((client.events[0] as Note)[0]).toBeGreaterThan(1000);
  });

  test('is cut twice in a run at most', () => {
    const { sim, deviations } = world(cutting(1, { times: 100 }));
    sim.link('app', 'db').mayPartition();
    run(sim);
    expect(deviations()).toHaveLength(2);
  });

  test('is not, where the family is switched off, or nobody has said so', () => {
    const { sim, deviations } = world(cutting(1));
    run(sim);
    expect(deviations()).toEqual([]);
    const calm = new Simulation({ strategy: cutting(1), families: ['order'], trace: true });
    calm.host('db');
    calm.host('app');
    calm.network.link('app', 'db').mayPartition();
    connecting(calm.host('app'), { host: 'db', port: PORT });
    run(calm);
    expect(calm.trace!.deviations).toEqual([]);
  });
});

describe('a client that gives up after five seconds', () => {
  /** Its answer is there, or it has given up and said so; a client that forgets its timer waits on. */
  const scenario = (givesUp: boolean) => ({
    name: 'gives-up',
    families: ['partition'] as const,
    run: { allowOpen: true },
    setup(sim: Simulation) {
      const server = new Accepting(sim.host('db'));
      server.handleAccepted = (endpoint) => {
        endpoint.send(bytes('greeting'));
        endpoint.close();
      };
      const client = connecting(sim.host('app'), { host: 'db', port: PORT });
      let isLate = false;
      if (givesUp) client.callLater(5000, () => client.abort());
      sim.at(6000, () => {
        isLate = !client.closed;
      });
      sim.network.link('app', 'db').mayPartition();
      sim.eventually('nobody waits for more than five seconds', () => !isLate);
    },
  });

  test('is right under every cut', () => {
    const report = explore(scenario(true), { method: 'exhaustive' });
    expect(report.failure).toBeNull();
    expect(report.isComplete).toBe(true);
    expect(report.faults.partition).toBeGreaterThan(0);
  });

  test('is found with one cut if it does not', () => {
    expect(explore(scenario(false)).failure?.deviations).toEqual([
      expect.stringMatching(/^at \d ms, link (app → db|db → app): is cut one way for 30000 ms$/),
    ]);
  });
});

test('under every cut, connections come about and carry everything', () => {
  const report = explore(
    {
      name: 'carried',
      families: ['partition'],
      setup(sim) {
        const server = new Accepting(sim.host('db'));
        const client = connecting(sim.host('app'), { host: 'db', port: PORT });
        client.handleConnect = () => {
          client.send(bytes('all'));
          client.shutdownWrite();
        };
        sim.network.link('app', 'db').mayPartition();
        sim.eventually('all arrives', () => server.events.map(([, text]) => text).join() === 'data all,end');
        sim.eventually('nobody gives up', () => client.texts.join() === 'end');
      },
    },
    { method: 'exhaustive' },
  );
  expect(report.failure).toBeNull();
  expect(report.isComplete).toBe(true);
  expect(report.schedules).toBeGreaterThan(500);
});

test('a report misses cuts only where a link may be cut', () => {
  const silent = (setup: (sim: Simulation) => void) =>
    explore({ name: 'silent', setup }, { method: 'bounded', deviations: 0 }).neverFired;
  expect(silent(() => {})).not.toContain('partition');
  const cuttable = (sim: Simulation): void => {
    sim.host('a');
    sim.host('b');
    sim.link('a', 'b').mayPartition();
  };
  expect(silent(cuttable)).toContain('partition');
});
