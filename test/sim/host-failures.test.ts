// Hosts that crash and stand still by decision, after one of their turns.
import { describe, expect, test } from 'vitest';
import {
  explore,
  type Family,
  type Host,
  type Label,
  Simulation,
  type Strategy,
} from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, PORT } from './support/noting.ts';

/** Makes one choice the first so many times that a family decides, and is calm otherwise. */
function choosing(family: Family, choice: number, times = 1): Strategy {
  let left = times;
  return {
    begin: () => {
      left = times;
    },
    choose: ({ name }: Label) => {
      if (name !== family || left === 0) return 0;
      left -= 1;
      return choice;
    },
  };
}

/** A server that notes when it was started, and answers what it gets. */
function world(strategy: Strategy) {
  const sim = new Simulation({ strategy, families: ['crash', 'pause'], trace: true });
  const started: number[] = [];
  const servers: Accepting[] = [];
  const boot = (host: Host): void => {
    started.push(sim.nowMs);
    servers.push(new Accepting(host));
  };
  const deviations = (): string[] => sim.trace!.deviations.map(({ text }) => text);
  return { sim, started, servers, boot, deviations };
}

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

describe('a host that may crash', () => {
  test('starts its programs at once, and again a second after it has crashed', () => {
    const { sim, started, boot, deviations } = world(choosing('crash', 1));
    sim.host('db').mayCrash(boot);
    run(sim);
    expect(started).toEqual([0, 1000]);
    expect(deviations()).toEqual(['db: crashes, and is up again after 1000 ms']);
    expect(sim.faultCount('crash')).toBe(1);
    expect(sim.hasKilled).toBe(true);
  });

  test('is away for a minute by another choice', () => {
    const { sim, started, boot } = world(choosing('crash', 2));
    sim.host('db').mayCrash(boot);
    run(sim);
    expect(started).toEqual([0, 60_000]);
  });

  test('crashes twice in a run at most', () => {
    const { sim, started, boot } = world(choosing('crash', 1, 100));
    sim.host('db').mayCrash(boot);
    run(sim);
    expect(started).toEqual([0, 1000, 2000]);
  });

  test('resets whoever speaks to it afterwards', () => {
    const { sim, boot } = world(choosing('crash', 1, 0));
    sim.host('db').mayCrash(boot);
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    sim.at(100, () => sim.host('db').crash());
    sim.at(200, () => sim.host('db').restart(boot));
    sim.at(300, () => void client.send(bytes('anybody there?')));
    run(sim);
    expect(client.texts).toEqual(['connect', 'reset ECONNRESET']);
  });

  test('does not, where the family is switched off', () => {
    const sim = new Simulation({ strategy: choosing('crash', 1), families: ['order'] });
    const started: number[] = [];
    sim.host('db').mayCrash(() => started.push(sim.nowMs));
    run(sim);
    expect(started).toEqual([0]);
  });

  test('takes one boot', () => {
    const host = new Simulation().host('db').mayCrash(() => {});
    expect(() => host.mayCrash(() => {})).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });
});

describe('what a host sent before it crashed', () => {
  /** The server says `text` in three parts when it is spoken to, and crashes in the same instant. */
  function last(prepare: (sim: Simulation) => void): string[] {
    const sim = new Simulation({ families: [] });
    const server = new Accepting(sim.host('db'));
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    sim.at(10, () => {
      prepare(sim);
      for (const text of ['fare', 'well']) server.accepted[0].send(bytes(text));
      sim.host('db').crash();
    });
    run(sim);
    return client.texts;
  }

  test('arrives', () => {
    expect(last(() => {})).toEqual(['connect', 'data fare', 'data well']);
  });

  test('is not sent again if it is lost, and what follows it is not received', () => {
    expect(last((sim) => void sim.link('db', 'app').loseNext(1))).toEqual(['connect']);
  });
});

describe('a host that may pause', () => {
  test('stands still for a second after a turn, and goes on', () => {
    const { sim, servers, boot, deviations } = world(choosing('pause', 1));
    const host = sim.host('db');
    boot(host);
    host.mayPause();
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    client.handleConnect = () => void client.send(bytes('hello'));
    run(sim);
    expect(deviations()).toEqual(['db: its programs stand still for 1000 ms']);
    expect(servers[0].events).toEqual([[1000, 'data hello']]);
  });
});

describe('a report', () => {
  const silent = (setup: (sim: Simulation) => void) =>
    explore({ name: 'silent', setup }, { method: 'bounded', deviations: 0 }).neverFired;

  test('does not miss crashes and pauses where no host may', () => {
    expect(silent(() => {})).not.toEqual(expect.arrayContaining(['crash']));
    expect(silent(() => {})).not.toEqual(expect.arrayContaining(['pause']));
  });

  test('misses them where a host may, and does not', () => {
    const families = silent(
      (sim) =>
        void sim
          .host('db')
          .mayCrash(() => {})
          .mayPause(),
    );
    expect(families).toEqual(expect.arrayContaining(['crash', 'pause']));
  });
});
