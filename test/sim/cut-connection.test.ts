import { expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { explore, formatReport, type Scenario } from '../../src/sim/index.ts';

/** Sends `ab` when it has read, and `cd` when the peer has ended. */
class Answerer extends Dispatcher {
  override handleRead(): void {
    if (isBytes(this.recv(10))) this.send(Buffer.from('ab'));
  }

  override handleEnd(): void {
    this.send(Buffer.from('cd'));
    this.close();
  }
}

class Listener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new Answerer(this.reactor, endpoint);
  }
}

class Asker extends Dispatcher {
  received = '';

  override handleConnect(): void {
    this.send(Buffer.from('?'));
    this.shutdownWrite();
  }

  override handleRead(): void {
    const data = this.recv(10);
    if (isBytes(data)) this.received += Buffer.from(data);
  }

  override handleEnd(): void {
    this.close();
  }
}

const scenario: Scenario = {
  name: 'answers',
  families: ['close', 'order'],
  setup(sim) {
    const listener = new Listener(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen();
    const asker = new Asker(sim.host('client').reactor);
    asker.connect({ host: 'server', port: 7 });
    sim.always('what is received is a prefix of what was sent', () => 'abcd'.startsWith(asker.received));
  },
};

test('for every schedule, bytes sent after a connection was cut do not follow bytes that the cut destroyed', () => {
  const report = explore(scenario, { method: 'exhaustive' });
  expect(report.failure, formatReport(report)).toBeNull();
  expect(report.isComplete).toBe(true);
  expect(report.faults.close).toBeGreaterThan(0);
});
