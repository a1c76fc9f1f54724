// What a report says of how likely pct has missed a bug is an upper bound: searches for bugs of a known depth miss them
// less often than they say.
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { explore, type Scenario, type Simulation } from '../../src/sim/index.ts';

const CLIENTS = ['one', 'two', 'three', 'four'];
const SEARCHES = 100;

class Greeter extends Dispatcher {
  override handleConnect(): void {
    this.send(Uint8Array.of(CLIENTS.indexOf((this.reactor.transport as unknown as { name: string }).name)));
    this.wantWrite(false);
  }

  override handleRead(): void {
    this.recv(1);
  }

  override handleEnd(): void {
    this.close();
  }

  override handleClose(): void {}
}

class Listener extends Dispatcher {
  private readonly order: number[];
  private readonly accepted: number[];

  constructor(sim: Simulation, order: number[], accepted: number[]) {
    super(sim.host('server').reactor);
    this.order = order;
    this.accepted = accepted;
    this.bind({ host: '0.0.0.0', port: 1 });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    const { order } = this;
    this.accepted.push(order.length);
    const reader = new (class extends Dispatcher {
      override handleRead(): void {
        const received = this.recv(1);
        if (isBytes(received)) order.push(received[0]);
        if (isBytes(received)) this.close();
      }

      override handleClose(): void {}
    })(this.reactor, endpoint);
    reader.wantWrite(false);
  }
}

type Bug = (order: readonly number[], accepted: readonly number[]) => boolean;

/** Notes the order of a bug, and only if nothing else has deviated. */
function scenarioWith(bug: Bug): Scenario {
  return {
    name: 'greetings',
    network: { latencyMs: 0 },
    setup(sim) {
      const order: number[] = [];
      const accepted: number[] = [];
      new Listener(sim, order, accepted);
      for (const name of CLIENTS) new Greeter(sim.host(name).reactor).connect({ host: 'server', port: 1 });
      const isPure = (): boolean =>
        Object.entries(sim.faults).every(([family, count]) => family === 'order' || count === 0);
      sim.sometimes('bug', false);
      sim.eventually('what there is to see is seen', () =>
        sim.sometimes('bug', isPure() && bug(order, accepted)),
      );
    },
  };
}

const BUGS: readonly [number, string, Bug][] = [
  [1, 'the first comes last', (order) => order.length === 4 && order[3] === 0],
  // The last to come has to be let go on until it is accepted, and then stopped until the others are done.
  [
    2,
    'who is accepted first comes last',
    (order, accepted) => order.length === 4 && order[3] === 0 && accepted[3] === 0,
  ],
];

describe.each(BUGS)('at depth %i', (depth, _what, bug) => {
  test('a bug is missed less often than the report says', () => {
    let missed = 0;
    let said = 0;
    for (let seed = 1; seed <= SEARCHES; seed += 1) {
      const report = explore(scenarioWith(bug), {
        method: 'pct',
        depth,
        seed,
        schedules: 100,
        checkDeterminism: 0,
      });
      if (report.sometimes.bug === 0) missed += 1;
      said += report.pctMissed[depth];
    }
    expect(said).toBeLessThan(SEARCHES);
    expect(missed).toBeLessThanOrEqual(said);
  });
});
