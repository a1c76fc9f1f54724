import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/index.ts';
import { Dispatcher, isBytes } from '../../src/core/index.ts';
import { Simulation } from '../../src/sim/index.ts';

class EchoChannel extends Dispatcher {
  override handleRead(): void {
    const data = this.recv(4096);
    if (isBytes(data)) this.send(data);
  }
  override handleEnd(): void {
    this.close();
  }
  override handleWrite(): void {}
}

class EchoListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new EchoChannel(this.reactor, endpoint);
  }
}

class Client extends Dispatcher {
  readonly events: string[] = [];
  override handleConnect(): void {
    this.events.push('connect');
    this.send(new TextEncoder().encode('ping'));
    this.shutdownWrite();
  }
  override handleRead(): void {
    const data = this.recv(4096);
    if (isBytes(data)) this.events.push(`data ${new TextDecoder().decode(data)}`);
  }
  override handleEnd(): void {
    this.events.push('end');
    this.close();
  }
}

describe('the simulation', () => {
  test('an echo server returns what it was sent, then ends', () => {
    const sim = new Simulation({ trace: true });
    const listener = new EchoListener(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen(5);
    const client = new Client(sim.host('client').reactor);
    client.connect({ host: 'server', port: 7 });
    sim.run();
    expect(client.events).toEqual(['connect', 'data ping', 'end']);
    expect(sim.openEndpoints()).toEqual([]);
  });
});
