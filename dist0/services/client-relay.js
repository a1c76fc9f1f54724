import { Relay } from './relay.js';
/** The accepted end of a connection that a server serves: it stands in the server's list, and accounts for it. */
export class ClientRelay extends Relay {
  constructor(server, endpoint, address, candidate) {
    super(server.reactor, server.settings, endpoint);
    this.side = 'client';
    /** @internal */ this.previousClient = null;
    /** @internal */ this.nextClient = null;
    this.isConcluded = false;
    this.server = server;
    this.id = server.nextId();
    this.candidate = candidate;
    this.address = address;
    this.openedAtMs = server.reactor.clock.now();
    if (server.settings.idleTimeoutMs > 0) this.watchIdleness(server.settings.idleTimeoutMs);
  }
  /** Where this connection is forwarded to. */
  get remote() {
    return null;
  }
  conclude(outcome) {
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
  watchIdleness(timeoutMs) {
    this.activeAtMs = this.openedAtMs;
    const look = () => {
      const idleMs = this.reactor.clock.now() - Math.max(this.activeAtMs, this.peer.activeAtMs);
      if (idleMs >= timeoutMs) this.conclude({ cause: 'idle-timeout', side: 'service', error: null });
      else this.callLater(timeoutMs - idleMs, look);
    };
    this.callLater(timeoutMs, look);
  }
}
