import net from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { Dispatcher } from '../../src/core/index.ts';
import '../../src/harness/index.ts';
import { explore, type Report, type Scenario, type Simulation } from '../../src/sim/index.ts';

class Client extends Dispatcher {
  private readonly body: () => void;

  constructor(reactor: Dispatcher['reactor'], body: () => void) {
    super(reactor);
    this.body = body;
  }

  override handleConnect(): void {
    this.body();
    this.close();
  }
}

/** A client that does something when it is connected. */
function doing(body: () => void, setup: (sim: Simulation) => void = () => {}): Scenario {
  return {
    name: 'outside',
    families: ['order'],
    setup(sim) {
      setup(sim);
      const listener = new Dispatcher(sim.host('server').reactor);
      listener.bind({ host: '0.0.0.0', port: 7 });
      listener.listen();
      new Client(sim.host('client').reactor, body).connect({ host: 'server', port: 7 });
    },
    run: { untilMs: 1000, allowOpen: true },
  };
}

const tried = (body: () => void): Report => explore(doing(body), { schedules: 20 });

describe('in a synchronous scenario', () => {
  test.each([
    ['new Date', () => new Date()],
    ['Date.now', () => Date.now()],
    ['performance.now', () => performance.now()],
    ['process.hrtime', () => process.hrtime()],
    ['process.hrtime.bigint', () => process.hrtime.bigint()],
    ['Math.random', () => Math.random()],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['setTimeout', () => clearTimeout(setTimeout(() => {}, 1))],
    ['setImmediate', () => clearImmediate(setImmediate(() => {}))],
    ['a real socket', () => net.connect(9, '127.0.0.1').destroy()],
    ['a real server', () => net.createServer().listen(0).close()],
  ] as const)('%s is caught, and named with its place', (what, use) => {
    const { failure } = tried(() => void use());
    expect(failure?.law).toBe('a scenario uses nothing from outside of its simulation');
    expect(failure?.message).toContain(what);
    expect(failure?.message).toContain('tripwires.test.ts:');
  });

  test('it fails also if the program catches what was thrown', () => {
    const { failure } = tried(() => {
      try {
        Date.now();
      } catch {
        // As a program might.
      }
    });
    expect(failure?.message).toContain('Date.now');
  });

  test('it is caught in setup, too', () => {
    const { failure } = explore(
      doing(
        () => {},
        () => Math.random(),
      ),
    );
    expect(failure?.message).toContain('Math.random');
  });

  test.each([
    ['a date that is told its time', () => new Date(0).toISOString()],
    ['another function of Math', () => Math.max(1, 2)],
  ])('%s is no trouble', (_what, use) => {
    expect(tried(() => void use()).failure).toBeNull();
  });

  test('what a test has replaced by a double is left alone', () => {
    vi.useFakeTimers();
    try {
      expect(tried(() => void Date.now()).failure).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test('tripwires can be left out', () => {
    expect(
      explore(
        doing(() => void Date.now()),
        { schedules: 5, tripwires: false },
      ).failure,
    ).toBeNull();
  });

  test('afterwards everything is as it was', () => {
    const before = [Date, Math.random, setTimeout, net.Socket.prototype.connect];
    tried(() => void Date.now());
    expect([Date, Math.random, setTimeout, net.Socket.prototype.connect]).toEqual(before);
  });
});

describe('a run that held', () => {
  test('is run again at the rate asked for, and must go the same way', () => {
    let runs = 0;
    const moody = doing(
      () => {},
      (sim) => {
        runs += 1;
        if (runs % 2 === 0) sim.decide('a mood', 3);
      },
    );
    const { failure } = explore(moody, { method: 'random', schedules: 50, checkDeterminism: 1 });
    expect(failure?.law).toBe('one schedule is one run');
    expect(failure?.nondeterminism).toMatch(/decision 0 was .+, and then .*a mood with 3 choices/);
  });

  test('says what was pending where the second one went otherwise', () => {
    let runs = 0;
    const moody = doing(
      () => {},
      (sim) => {
        runs += 1;
        const isOdd = runs % 2 === 1;
        sim.at(0, () => {
          sim.decide(isOdd ? 'heads' : 'tails', 2);
        });
      },
    );
    const { failure } = explore(moody, { method: 'random', schedules: 50, checkDeterminism: 1 });
    expect(failure?.nondeterminism).toContain('pending were');
  });

  test('is not run again at a rate of 0', () => {
    let runs = 0;
    explore(
      doing(
        () => {},
        () => (runs += 1),
      ),
      { method: 'random', schedules: 50, checkDeterminism: 0 },
    );
    expect(runs).toBe(50);
  });

  test('a rate outside of 0 to 1 is refused', () => {
    expect(() =>
      explore(
        doing(() => {}),
        { checkDeterminism: 2 },
      ),
    ).toThrow('from 0 to 1');
  });
});
