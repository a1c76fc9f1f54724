// Connections that break by decision while nobody sends.
import { describe, expect, test } from 'vitest';
import { type CloseReason, Dispatcher } from '../../src/core/index.ts';
import { EchoServer } from '../../src/services/index.ts';
import { explore, type Label, type Scenario, Simulation, type Strategy } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, PORT } from './support/noting.ts';

/** Answers the `at`-th question about an idle connection with `choice`, and is calm otherwise. */
function breaking(choice: number, at = 0): Strategy & { met: number } {
  const strategy = {
    met: 0,
    begin: () => {
      strategy.met = 0;
    },
    choose: ({ name }: Label) => {
      if (name !== 'idle') return 0;
      strategy.met += 1;
      return strategy.met === at + 1 ? choice : 0;
    },
  };
  return strategy;
}

/** `app` connects to `db`, and speaks at 10, 100 and 103 ms. */
function world(strategy: Strategy, mayBreak = true) {
  const sim = new Simulation({ strategy, families: ['idle'], trace: true });
  const db = sim.host('db');
  const app = sim.host('app');
  if (mayBreak) sim.link('app', 'db').mayBreakIdle();
  const server = new Accepting(db);
  const client = connecting(app, { host: 'db', port: PORT });
  for (const atMs of [10, 100, 103])
    sim.at(atMs, () => client.texts.length === 1 && void client.send(bytes('x')));
  sim.run({ allowOpen: true });
  return { sim, server, client, deviations: sim.trace!.deviations.map(({ text }) => text) };
}

describe('a connection that may break while it is idle', () => {
  test('is reset at both ends, by choice 1', () => {
    const { sim, server, client, deviations } = world(breaking(1));
    expect(deviations).toEqual(['app → db (#1): the connection is reset while it is idle']);
    expect(server.events.map(([, text]) => text)).toEqual(['data x', 'reset ECONNRESET']);
    expect(client.texts).toEqual(['connect', 'reset ECONNRESET']);
    expect([sim.faultCount('idle'), sim.hasKilled]).toEqual([1, true]);
  });

  test('is closed for both ends, by choice 2', () => {
    const { server, client, deviations } = world(breaking(2));
    expect(deviations).toEqual(['app → db (#1): the connection is closed for both ends while it is idle']);
    expect(server.events.map(([, text]) => text)).toEqual(['data x', 'end']);
    expect(client.texts[1]).toBe('end');
  });

  test('is asked about once while it is idle, and not between segments', () => {
    const strategy = breaking(0);
    world(strategy);
    expect(strategy.met).toBe(1);
  });

  test('is not asked about unless its scenario lets it break', () => {
    const strategy = breaking(1);
    expect(world(strategy, false).deviations).toEqual([]);
    expect(strategy.met).toBe(0);
  });
});

/** Asks after a while and once more after another, and closes when it has both answers. */
class Patient extends Dispatcher {
  answers = 0;
  reason = '';

  constructor(reactor: Dispatcher['reactor']) {
    super(reactor);
    this.connect({ host: 'db', port: PORT });
  }

  override handleConnect(): void {
    this.wantWrite(false);
    this.callLater(20, () => this.send(bytes('x')));
  }

  override handleRead(): void {
    this.recv(16);
    this.answers += 1;
    if (this.answers === 2) this.close();
    else this.callLater(30, () => this.send(bytes('x')));
  }

  override handleEnd(): void {
    this.close();
  }

  override handleClose({ kind }: CloseReason): void {
    this.reason = kind;
  }

  fingerprint(): string {
    return `${this.answers}${this.reason}`;
  }
}

const outcomes = new Set<string>();
const patience: Scenario = {
  name: 'patience',
  families: ['idle', 'order'],
  limits: { order: 1 },
  setup(sim) {
    new EchoServer(sim.host('db').reactor, { host: '0.0.0.0', port: PORT });
    const reactors = ['one', 'two'].map((name) => sim.host(name).reactor);
    for (const name of ['one', 'two']) sim.network.link(name, 'db').mayBreakIdle();
    const clients = reactors.map((reactor) => new Patient(reactor));
    const state = (): string => clients.map((client) => client.fingerprint()).join();
    sim.identify(state);
    sim.eventually('it is noted', () => void outcomes.add(state()));
  },
};

test('merging states in which connections may break stands for exactly the schedules that plain enumeration runs', () => {
  const merged = explore(patience, { method: 'exhaustive', merge: true, checkDeterminism: 0 });
  const ofMerged = [...outcomes].sort();
  outcomes.clear();
  const plain = explore(patience, { method: 'exhaustive', merge: false, checkDeterminism: 0 });
  expect([merged.isComplete, plain.isComplete]).toEqual([true, true]);
  expect(merged.schedulesCovered).toBe(plain.schedules);
  expect(merged.schedules).toBeLessThan(plain.schedules);
  expect(ofMerged).toEqual([...outcomes].sort());
  expect(ofMerged.length).toBeGreaterThan(8);
});
