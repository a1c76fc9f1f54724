import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { echoScenario } from '../../src/harness/scenarios/echo.ts';
import { explore, formatReport, type Scenario } from '../../src/sim/index.ts';

const SMALL = ['order', 'split', 'coalesce', 'end'] as const;

/** Takes one receive for the whole message: closes after it has echoed once. */
class OneReadEcho extends Dispatcher {
  override handleRead(): void {
    const data = this.recv(65536);
    if (!isBytes(data)) return;
    this.send(data);
    this.close();
  }
}

class OneReadListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new OneReadEcho(this.reactor, endpoint);
  }
}

function broken(): Scenario {
  return echoScenario({
    name: 'one-read',
    connections: 1,
    bytes: 3,
    serve(sim) {
      const listener = new OneReadListener(sim.host('server').reactor);
      listener.bind({ host: '0.0.0.0', port: 7 });
      listener.listen();
    },
  });
}

describe('explore', () => {
  test('an exhaustive search with merging stands for exactly the schedules that plain enumeration runs', () => {
    const scenario = echoScenario({ name: 'echo-1x2', connections: 1, bytes: 2, families: SMALL });
    const merged = explore(scenario, { method: 'exhaustive', merge: true, prune: 'none' });
    const plain = explore(scenario, { method: 'exhaustive', merge: false });
    expect(merged.isComplete && plain.isComplete).toBe(true);
    expect(merged.schedulesCovered).toBe(plain.schedules);
    expect(merged.schedules * 100).toBeLessThan(plain.schedules);
  });

  test('a server that takes a read for a message is caught with one deviation', () => {
    const report = explore(broken());
    expect(report.failure?.deviations).toHaveLength(1);
    expect(report.failure?.isMinimal).toBe(true);
    expect(report.failure?.nondeterminism).toBeNull();
    expect(formatReport(report)).toContain('npx foulweather verify --replay fw2.one-read.');
  });

  test('two searches with one seed report the same', () => {
    const scenario = echoScenario({ name: 'echo-2x9', connections: 2, bytes: 9 });
    expect(explore(scenario, { method: 'swarm', schedules: 300, seed: 4 })).toEqual(
      explore(scenario, { method: 'swarm', schedules: 300, seed: 4 }),
    );
  });
});
