import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint } from '../../src/core/index.ts';
import { EchoServer } from '../../src/services/index.ts';
import { explore, formatReport, type Scenario, type Simulation } from '../../src/sim/index.ts';

const PORT = 7;

/** Two clients that connect to an echo server and close; each counts as open between. */
class Caller extends Dispatcher {
  isOpen = false;
  wasOpen = false;

  constructor(reactor: Dispatcher['reactor'], endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.connect({ host: 'server', port: PORT });
  }

  override handleConnect(): void {
    this.isOpen = true;
    this.wasOpen = true;
    this.wantWrite(false);
    this.shutdownWrite();
  }

  override handleRead(): void {
    this.recv(16);
  }

  override handleEnd(): void {
    this.isOpen = false;
    this.close();
  }

  fingerprint(): string {
    return `${this.isOpen}${this.wasOpen}`;
  }
}

function calling(watch: (sim: Simulation, callers: readonly Caller[]) => void): Scenario {
  return {
    name: 'calling',
    families: ['order'],
    network: { latencyMs: 0 },
    setup(sim) {
      new EchoServer(sim.host('server').reactor, { host: '0.0.0.0', port: PORT });
      const callers = ['one', 'two'].map((name) => new Caller(sim.host(name).reactor));
      sim.separate(['one', 'two'].map((name) => sim.host(name)));
      sim.identify(() => callers.map((caller) => caller.fingerprint()).join());
      watch(sim, callers);
    },
  };
}

const neitherWas = calling((sim, callers) => {
  sim.sometimes('two are open before one has been', () => callers[1].isOpen && !callers[0].wasOpen);
});

describe('a sometimes', () => {
  test('that joins separate clients is not missed by taking them one after the other', () => {
    const every = explore(neitherWas, { method: 'exhaustive', prune: 'none' });
    const separate = explore(neitherWas, { method: 'exhaustive' });
    expect(separate.isComplete).toBe(true);
    expect(every.sometimes['two are open before one has been']).toBeGreaterThan(0);
    expect(separate.sometimes['two are open before one has been']).toBeGreaterThan(0);
  });

  test('told from handlers switches separation off once it is met', () => {
    const told = calling((sim, callers) => {
      sim.always(
        'tells',
        () => {
          sim.sometimes('two before one', callers[1].isOpen && !callers[0].wasOpen);
        },
        { isPerConnection: true },
      );
    });
    expect(explore(told, { method: 'exhaustive' }).sometimes['two before one']).toBeGreaterThan(0);
  });

  test('that says which host it reads leaves separation on', () => {
    const local = calling((sim, callers) => {
      sim.sometimes('one was open', () => callers[0].wasOpen, { reads: [sim.host('one')] });
    });
    const report = explore(local, { method: 'exhaustive' });
    expect(report.bound).toContain('but for orders that no connection can tell');
    expect(report.sometimes['one was open']).toBeGreaterThan(0);
  });

  test('that never held is reported', () => {
    const never = calling((sim) => sim.sometimes('the moon is blue', () => false));
    const report = explore(never, { schedules: 20 });
    expect(report.sometimes).toEqual({ 'the moon is blue': 0 });
    expect(formatReport(report)).toContain('never held  the moon is blue');
    expect(report.failure).toBe(null);
  });

  test('that never held is a failure where that is demanded', () => {
    const never = calling((sim) => sim.sometimes('the moon is blue', false));
    const { failure } = explore(never, { schedules: 20, requireSometimes: true });
    expect(failure?.message).toContain('never reached (the moon is blue)');
  });
});

test('a family that never fired is a failure where that is demanded', () => {
  const { failure } = explore(
    { ...calling(() => {}), families: ['order', 'split'] },
    { schedules: 50, requireFaults: true },
  );
  expect(failure?.message).toContain('never fired (split)');
});
