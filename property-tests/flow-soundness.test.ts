// What flow control keeps of the past decides what programs see later, so merging equal states must tell it apart: each
// test makes one thing differ, in a state that is equal in all else, and compares with plain enumeration.
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../src/core/index.ts';
import { explore, type Run, type Scenario, type Simulation } from '../src/sim/index.ts';

/** Notes when how many bytes came. Its fingerprint does not tell, so that nothing else keeps states apart. */
class Recorder extends Dispatcher {
  private readonly seen: string[];
  private readonly nowMs: () => number;

  constructor(
    reactor: Dispatcher['reactor'],
    endpoint: Endpoint | null,
    seen: string[],
    nowMs: () => number,
  ) {
    super(reactor, endpoint);
    this.seen = seen;
    this.nowMs = nowMs;
    this.wantWrite(false);
  }

  override handleAccepted(endpoint: Endpoint): void {
    new Recorder(this.reactor, endpoint, this.seen, this.nowMs);
  }

  override handleConnect(): void {}

  override handleRead(): void {
    const data = this.recv(16);
    if (isBytes(data)) this.seen.push(`${data.length} at ${this.nowMs()}`);
  }

  fingerprint(): string {
    return '';
  }
}

type Change = (sim: Simulation, choice: number) => void;

/** What comes of eight bytes, sent in two parts at 100 ms, after `change` was made one way or the other at 5 ms. */
function outcomes(change: Change, merge: boolean): string[] {
  const found = new Set<string>();
  let seen: string[] = [];
  const scenario: Scenario = {
    name: 'eight-bytes',
    families: ['short-read'],
    limits: { 'short-read': 0 },
    network: { latencyMs: 1, buffers: {} },
    run: { allowOpen: true },
    setup(sim) {
      seen = [];
      const listener = new Recorder(sim.host('db').reactor, null, seen, () => sim.nowMs);
      listener.bind({ host: '0.0.0.0', port: 1 });
      listener.listen();
      const client = new Recorder(sim.host('app').reactor, null, [], () => sim.nowMs);
      client.connect({ host: 'db', port: 1 });
      sim.identify(() => '');
      sim.at(5, () => change(sim, sim.decide('change', 2)));
      sim.at(100, () => {
        client.send(new Uint8Array(4));
        client.send(new Uint8Array(4));
      });
    },
  };
  const onRun = (run: Run): void => {
    if (!run.isPruned) found.add(seen.join(', '));
  };
  explore(scenario, { method: 'exhaustive', merge, onRun, keepGoing: true });
  return [...found].sort();
}

const CHANGES: Readonly<Record<string, Change>> = {
  'whether small segments wait': (sim, choice) => sim.connections[0].client.setNoDelay(choice === 0),
  'how large the send buffer is': (sim, choice) => {
    sim.connections[0].setBuffers({ client: { sendBytes: 3 + choice } });
  },
  'how much of the past a send buffer has grown by': (sim, choice) => {
    sim.connections[0].setBuffers({ client: choice === 0 ? {} : { sendBytes: 5 } });
  },
  'whether the receiver has answered before': (sim, choice) => {
    const { client, server } = sim.connections[0];
    client.setNoDelay(false);
    for (const end of choice === 0 ? [client, client] : [client, server]) end.send(new Uint8Array(1));
  },
};

describe.each(Object.entries(CHANGES))('%s', (_what, change) => {
  test('is told apart by merging', () => {
    const plain = outcomes(change, false);
    expect(plain.length).toBe(2);
    expect(outcomes(change, true)).toEqual(plain);
  });
});
