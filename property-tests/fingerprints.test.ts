// Each field of a shipped fingerprint is there because a search without it would merge what is not equal: left out, one of
// these scenarios shows less. What every channel tells of itself (its flags, its queue) is in no program's own.
import { describe, expect, test } from 'vitest';
import { Dispatcher } from '../src/core/index.ts';
import { ExchangeClient } from '../src/harness/scenarios/exchange-client.ts';
import { echoScenario, FORWARDER, REMOTE } from '../src/harness/scenarios/index.ts';
import { ForwardServer } from '../src/services/index.ts';
import { Relay } from '../src/services/relay.ts';
import { explore, type Scenario } from '../src/sim/index.ts';
import { startBroken } from './support/broken-for-soundness.ts';

type Told = { fingerprint(): string };

const tell = ExchangeClient.prototype.fingerprint;

/** What all ends of an exchange have seen, in every run of a merging search, and the law broken. */
function outcomes(scenario: Scenario): string[] {
  const found = new Set<string>();
  let seen = new Set<ExchangeClient>();
  const told = ExchangeClient.prototype.fingerprint;
  ExchangeClient.prototype.fingerprint = function note(this: ExchangeClient): string {
    seen.add(this);
    return told.call(this);
  };
  try {
    const { isComplete } = explore(
      {
        ...scenario,
        setup(sim) {
          seen = new Set();
          scenario.setup(sim);
        },
      },
      {
        method: 'exhaustive',
        merge: true,
        prune: 'none',
        keepGoing: true,
        onRun: ({ isPruned, failure }) => {
          if (!isPruned)
            found.add(
              `${[...seen]
                .map((end) => tell.call(end))
                .sort()
                .join('|')} ${failure?.law}`,
            );
        },
      },
    );
    expect(isComplete).toBe(true);
  } finally {
    ExchangeClient.prototype.fingerprint = told;
  }
  return [...found].sort();
}

/** What they show while the fingerprints of a class have one field less. */
function without(prototype: Told, field: number, scenario: Scenario): string[] {
  const whole = prototype.fingerprint;
  prototype.fingerprint = function leaveOut(this: Told): string {
    return whole
      .call(this)
      .split(' ')
      .filter((_, index) => index !== field)
      .join(' ');
  };
  try {
    return outcomes(scenario);
  } finally {
    prototype.fingerprint = whole;
  }
}

const tooSoon = echoScenario({
  name: 'echo-that-closes-too-soon',
  connections: 1,
  bytes: 2,
  families: ['order', 'split', 'end', 'reset'],
  limits: { reset: 1, order: 2 },
  serve: startBroken,
});

/** Sends one thing or another, and then forgets which. */
class Forgetful extends Dispatcher {
  private byte: number;

  constructor(reactor: Dispatcher['reactor'], byte: number) {
    super(reactor);
    this.byte = byte;
    this.connect(FORWARDER);
  }

  override handleConnect(): void {
    this.wantWrite(false);
    this.send(Uint8Array.of(97));
    this.callLater(5, () => {
      this.send(Uint8Array.of(98, this.byte));
      this.byte = 0;
      this.close();
    });
  }

  override handleRead(): void {
    this.recv(1);
  }

  override handleEnd(): void {}

  fingerprint(): string {
    return String(this.byte);
  }
}

/** The forwarder alone knows what is to come: of the two bytes that came last, the remote has room for one. */
const forgetful: Scenario = {
  name: 'forgetful',
  families: [],
  network: { latencyMs: 0, windowBytes: 2 },
  setup(sim) {
    new ForwardServer(sim.host(FORWARDER.host).reactor, {
      local: { host: '0.0.0.0', port: FORWARDER.port },
      remote: REMOTE,
    });
    const exchange = { payload: Uint8Array.of(1), readSizeBytes: 1 };
    const ends: ExchangeClient[] = [];
    class Remote extends Dispatcher {
      override handleAccepted(endpoint: ConstructorParameters<typeof ExchangeClient>[2] & object): void {
        const end = new ExchangeClient(this.reactor, exchange, endpoint);
        ends.push(end);
        end.wantRead(false);
        end.callLater(20, () => end.wantRead(true));
      }

      fingerprint(): string {
        return ends.map((end) => end.fingerprint()).join();
      }
    }
    const remote = new Remote(sim.host(REMOTE.host).reactor);
    remote.bind({ host: '0.0.0.0', port: REMOTE.port });
    remote.listen();
    new Forgetful(sim.host('client').reactor, 99 + sim.decide('which', 2));
    sim.identify(() => ends.map((end) => end.fingerprint()).join());
  },
};

const FIELDS: readonly [string, Told, number, Scenario][] = [
  ['how much a client has sent', ExchangeClient.prototype, 0, tooSoon],
  ['what a client has received', ExchangeClient.prototype, 1, tooSoon],
  ['how a client has ended', ExchangeClient.prototype, 2, tooSoon],
  ['what a relay still has to send', Relay.prototype, 0, forgetful],
];

describe.each(FIELDS)('%s', (_what, prototype, field, scenario) => {
  test('left out of the fingerprint hides an outcome', () => {
    const shown = outcomes(scenario);
    expect(shown.length).toBeGreaterThan(1);
    expect(without(prototype, field, scenario).length).toBeLessThan(shown.length);
  });
});
