// Hosts that crash and stand still by decision: what no other fault shows, and that merging leaves nothing out.
import { describe, expect, test } from 'vitest';
import { Dispatcher, isBytes } from '../src/core/index.ts';
import { EchoServer } from '../src/services/index.ts';
import {
  explore,
  type Family,
  formatReport,
  type Scenario,
  type SimulationOptions,
} from '../src/sim/index.ts';
import { logScenario } from './support/log-keeper.ts';

const GENTLE: readonly Family[] = ['ready', 'split', 'coalesce', 'end', 'short-read'];

describe.each(['answers before it is written', 'answers when it is accepted'] as const)(
  'a keeper that %s',
  (mistake) => {
    test('is found with one crash', () => {
      const report = explore(logScenario({ mistake, families: ['crash'] }));
      expect(report.failure?.law).toBe('who is answered finds the record in the log');
      expect(report.failure?.deviations).toEqual([
        expect.stringMatching(/^at \d ms, keeper: crashes, and is up again after 1000 ms$/),
      ]);
    });

    test('is right as long as no host crashes or stands still, and its disk is well and quick', () => {
      const report = explore(logScenario({ mistake, families: GENTLE }), { schedules: 300 });
      expect(report.failure, formatReport(report)).toBeNull();
    });
  },
);

test('under every crash and every pause, an answer means that the record is written', () => {
  const report = explore(logScenario({ mistake: 'none', families: ['crash', 'pause', 'split', 'end'] }), {
    method: 'exhaustive',
  });
  expect(report.failure, formatReport(report)).toBeNull();
  expect(report.isComplete).toBe(true);
  expect(report.faults.crash).toBeGreaterThan(0);
  expect(report.faults.pause).toBeGreaterThan(0);
});

test('merging equal states shows the outcomes of plain enumeration, with crashes too', () => {
  const outcomes = (merge: boolean): { found: string[]; runs: number } => {
    const found = new Set<string>();
    const onOutcome = (outcome: string): void => void found.add(outcome);
    const families = ['crash', 'pause', 'end'] as const;
    const scenario = { ...logScenario({ mistake: 'none', families, onOutcome }), limits: { pause: 1 } };
    const { schedules, isComplete } = explore(scenario, { method: 'exhaustive', merge });
    expect(isComplete).toBe(true);
    return { found: [...found].sort(), runs: schedules };
  };
  const [plain, merged] = [outcomes(false), outcomes(true)];
  expect(merged.found).toEqual(plain.found);
  expect(merged.runs).toBeLessThan(plain.runs);
  expect(plain.found).toEqual(['false ', 'true abc']);
});

const TEXT = 'abcdefghijklmnopqrstuvwxyz';

/** Sends all of the text, and gives up an answer that does not come for days. */
class Patient extends Dispatcher {
  received = '';
  private sent = 0;

  override handleConnect(): void {
    this.callLater(400_000_000, () => this.abort());
    this.handleWrite();
  }

  override handleWrite(): void {
    if (this.sent === TEXT.length) return;
    this.sent += this.send(new TextEncoder().encode(TEXT.slice(this.sent)));
    if (this.sent === TEXT.length) this.shutdownWrite();
    else this.wantWrite(true);
  }

  override handleRead(): void {
    const received = this.recv(1000);
    if (isBytes(received)) this.received += new TextDecoder().decode(received);
  }

  override handleClose(): void {}
}

/** Echo, whose host may crash and stand still, for two clients whose links may be cut. */
function harshEcho(network: Pick<SimulationOptions, 'buffers' | 'windowBytes'>): Scenario {
  return {
    name: 'harsh-echo',
    network,
    // Whoever only waits for a peer whose reset was lost, or that has crashed, waits for ever.
    run: { allowOpen: true },
    setup(sim) {
      const server = sim.host('server');
      server.mayCrash(() => void new EchoServer(server.reactor, { host: '0.0.0.0', port: 7 })).mayPause();
      const clients = ['one', 'two'].map((name) => {
        const client = new Patient(sim.host(name).reactor);
        client.connect({ host: 'server', port: 7 });
        sim.network.link(name, 'server').mayPartition();
        return client;
      });
      sim.always('a client receives a prefix of what it sent', () =>
        clients.every(({ received }) => TEXT.startsWith(received)),
      );
      sim.eventually(
        'without a crash or another killing fault, all of it',
        () => sim.hasKilled || clients.every(({ received }) => received === TEXT),
      );
    },
  };
}

test.each([
  ['one window of 7 bytes', { windowBytes: 7 }],
  ['the buffers of Linux', { buffers: {} }],
  ['buffers of 5 and 4 bytes', { buffers: { sendBytes: 5, receiveBytes: 4 } }],
])('for every storm with crashes and cuts, echo keeps its promises: %s', (_what, network) => {
  const report = explore(harshEcho(network), { method: 'random', schedules: 400 });
  expect(report.failure, formatReport(report)).toBeNull();
  for (const family of ['crash', 'pause', 'partition'] as const)
    expect(report.faults[family]).toBeGreaterThan(20);
});
