// What segments do on their way, one behaviour a test: the handshake's round trip, where they may be cut, how they are sent again.
import { describe, expect, test } from 'vitest';
import { explore, type Family, Simulation } from '../../src/sim/index.ts';
import { Accepting, bytes, connecting, Noting, PORT } from './support/noting.ts';

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

describe('a handshake', () => {
  test('takes a round trip, and the server can accept half of one later', () => {
    const sim = new Simulation({ families: [], latencyMs: 10 });
    const accepted: number[] = [];
    new (class extends Accepting {
      override handleAccepted(...given: Parameters<Accepting['handleAccepted']>): void {
        accepted.push(sim.nowMs);
        super.handleAccepted(...given);
      }
    })(sim.host('db'));
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    run(sim);
    expect(client.events).toEqual([[20, 'connect']]);
    expect(accepted).toEqual([30]);
  });

  test('that is refused takes a round trip, too', () => {
    const sim = new Simulation({ families: [], latencyMs: 10 });
    sim.host('db');
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    run(sim);
    expect(client.events).toEqual([[20, 'refused ECONNREFUSED']]);
  });
});

/** What a receiver of `abcd` may see under a family, over every schedule. */
function seen(family: Family): Set<string> {
  const found = new Set<string>();
  const report = explore(
    {
      name: 'abcd',
      families: [family],
      setup: (sim) => {
        const server = new Accepting(sim.host('db'));
        const client = new (class extends Noting {
          private left = 'abcd';
          override handleConnect(): void {
            this.handleWrite();
          }
          override handleWrite(): void {
            this.left = this.left.slice(this.send(bytes(this.left)));
            if (this.left === '') this.close();
            else this.wantWrite(true);
          }
        })(sim.host('app'));
        client.connect({ host: 'db', port: PORT });
        sim.eventually('all bytes arrive, then the end of stream', () => {
          const texts = server.events.map(([, text]) => text);
          found.add(texts.join(', '));
          return texts.join('').replaceAll('data ', '') === 'abcdend';
        });
      },
    },
    { method: 'exhaustive' },
  );
  expect(report.failure).toBeNull();
  expect(report.isComplete).toBe(true);
  return found;
}

/** Every way to cut `abcd`, `end` last: eight. */
const CUTS = new Set(
  [0, 1, 2, 3, 4, 5, 6, 7].map((cuts) => {
    const text = [...'abcd'].map((letter, index) => letter + (index < 3 && (cuts >> index) & 1 ? '|' : ''));
    return [
      ...text
        .join('')
        .split('|')
        .map((part) => `data ${part}`),
      'end',
    ].join(', ');
  }),
);

describe('a stream of four bytes', () => {
  test.each(['split', 'short-send', 'short-read'] as const)('may be cut anywhere by %s', (family) => {
    expect(seen(family)).toEqual(CUTS);
  });
});

describe('a segment that is lost again and again', () => {
  test('is sent again after 0.2, 0.4, 0.8 … seconds', () => {
    const sim = new Simulation({ families: [], trace: true });
    const server = new Accepting(sim.host('db'));
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    sim.at(9, () => {
      sim.link('app', 'db').loseNext(5);
      client.send(bytes('x'));
    });
    run(sim);
    const lost = sim.trace!.events.filter(({ kind }) => kind === 'lost').map(({ atMs }) => atMs);
    expect(lost.map((atMs) => atMs - 10)).toEqual([0, 200, 600, 1400, 3000]);
    expect(server.events).toEqual([[10 + 6200, 'data x']]);
  });
});

describe('a partition', () => {
  /** Both ends send at 10 ms; a cut of 100 ms begins while that is in flight. */
  function cut(partition: (sim: Simulation) => { repair(): unknown }): [number[], number[]] {
    const sim = new Simulation({ families: [], latencyMs: 4 });
    const server = new Accepting(sim.host('db'));
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    sim.at(20, () => {
      client.send(bytes('to db'));
      server.accepted[0].send(bytes('to app'));
    });
    sim.at(22, () => {
      const link = partition(sim);
      sim.at(122, () => void link.repair());
    });
    run(sim);
    const times = (events: readonly [number, string][]): number[] =>
      events.filter(([, text]) => text.startsWith('data')).map(([atMs]) => atMs);
    return [times(server.events), times(client.events)];
  }

  test('one way loses what is in flight that way alone', () => {
    expect(cut((sim) => sim.link('app', 'db').partition())).toEqual([[224], [24]]);
    expect(cut((sim) => sim.link('db', 'app').partition())).toEqual([[24], [224]]);
  });

  test('both ways loses what is in flight both ways', () => {
    expect(cut((sim) => sim.network.link('app', 'db').partition())).toEqual([[224], [224]]);
  });
});
