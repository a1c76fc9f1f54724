import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import type { Simulation } from '../../src/sim/index.ts';

/** Takes one receive for the whole message, and closes. */
class OneReadEcho extends Dispatcher {
  override handleRead(): void {
    const data = this.recv(65536);
    if (!isBytes(data)) return;
    this.send(data);
    this.close();
  }

  fingerprint(): string {
    return '';
  }
}

class OneReadListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new OneReadEcho(this.reactor, endpoint);
  }

  fingerprint(): string {
    return '';
  }
}

/** Starts an echo server on port 7 of host `server` that breaks its promise when a message is split. */
export function startBroken(sim: Simulation): void {
  const listener = new OneReadListener(sim.host('server').reactor);
  listener.bind({ host: '0.0.0.0', port: 7 });
  listener.listen();
}
