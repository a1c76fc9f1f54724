import type { Address } from '../core/address.ts';
import type { Endpoint } from '../core/transport.ts';
import type { Outcome } from './connection-report.ts';
import type { Candidate } from './gate.ts';
import { Relay } from './relay.ts';
import type { ServiceServer } from './service-server.ts';

/** The accepted end of a connection that a server serves: it stands in the server's list, and accounts for it. */
export abstract class ClientRelay extends Relay {
  readonly side = 'client';
  readonly server: ServiceServer;
  readonly id: number;
  readonly openedAtMs: number;
  /** @internal Its place at the gate; null where there is no gate. */
  readonly candidate: Candidate | null;
  /** @internal */ previousClient: ClientRelay | null = null;
  /** @internal */ nextClient: ClientRelay | null = null;
  private isConcluded = false;

  constructor(server: ServiceServer, endpoint: Endpoint, address: Address, candidate: Candidate | null) {
    super(server.reactor, server.settings, endpoint);
    this.server = server;
    this.id = server.nextId();
    this.candidate = candidate;
    this.address = address;
    this.openedAtMs = server.reactor.clock.now();
    if (server.settings.idleTimeoutMs > 0) this.watchIdleness(server.settings.idleTimeoutMs);
  }

  /** Where this connection is forwarded to. */
  get remote(): Address | null {
    return null;
  }

  override conclude(outcome: Outcome): void {
    if (this.isConcluded) return;
    this.isConcluded = true;
    if (outcome.cause === 'end') {
      this.close();
      this.peer.close();
    } else {
      this.abort();
      this.peer.abort();
    }
    this.server.forget(this, outcome);
  }

  /** One timer a connection, which looks when it fires how long ago a byte moved: moving bytes sets none. */
  private watchIdleness(timeoutMs: number): void {
    this.activeAtMs = this.openedAtMs;
    const look = (): void => {
      const idleMs = this.reactor.clock.now() - Math.max(this.activeAtMs, this.peer.activeAtMs);
      if (idleMs >= timeoutMs) this.conclude({ cause: 'idle-timeout', side: 'service', error: null });
      else this.callLater(timeoutMs - idleMs, look);
    };
    this.callLater(timeoutMs, look);
  }
}
