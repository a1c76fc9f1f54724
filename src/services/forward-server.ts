import { type Address, checkAddress } from '../core/address.ts';
import { checkDuration, checkOptions } from '../core/arguments.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import type { Outcome } from './connection-report.ts';
import type { Candidate } from './gate.ts';
import { Relay } from './relay.ts';
import { ServiceServer } from './service-server.ts';
import { NO_OPTIONS, type ServiceOptions } from './settings.ts';

export interface ForwardOptions extends ServiceOptions {
  /** A remote that has not answered after this time is given up. Default 0: the system's own time-out. */
  readonly connectTimeoutMs?: number;
}

/** Forwards each connection to `remote`, whose name is resolved anew for each. */
export class ForwardServer extends ServiceServer {
  readonly remote: Address;
  readonly connectTimeoutMs: number;

  constructor(
    reactor: Reactor,
    addresses: { readonly local: Address; readonly remote: Address },
    options: ForwardOptions = NO_OPTIONS,
  ) {
    checkOptions('addresses', addresses);
    checkOptions('options', options);
    checkAddress('remote', addresses.remote);
    const connectTimeoutMs = checkDuration('connectTimeoutMs', options.connectTimeoutMs ?? 0);
    super(reactor, addresses.local, options);
    this.remote = addresses.remote;
    this.connectTimeoutMs = connectTimeoutMs;
  }

  protected override serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay {
    return new ForwardClient(this, endpoint, address, candidate);
  }
}

/** The accepted half. It is not read before the remote half is connected: until then its bytes wait in the transport. */
export class ForwardClient extends ClientRelay {
  constructor(server: ForwardServer, endpoint: Endpoint, address: Address, candidate: Candidate | null) {
    super(server, endpoint, address, candidate);
    this.wantsRead = false;
    try {
      this.peer = this.reach(server);
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  override get remote(): Address | null {
    return (this.server as ForwardServer).remote;
  }

  /** @internal Makes the other half, which connects. Called by the constructor. */
  reach(server: ForwardServer): Relay {
    return new ForwardRemote(this, server);
  }
}

/** The half that connects to the remote. */
export class ForwardRemote extends Relay {
  readonly side = 'remote';

  constructor(client: ForwardClient, server: ForwardServer) {
    super(server.reactor, server.settings, null);
    this.peer = client;
    this.connect(server.remote);
    if (server.connectTimeoutMs > 0) this.limitConnecting(server.connectTimeoutMs);
  }

  override handleConnect(): void {
    this.peer.wantRead(true);
  }

  override conclude(outcome: Outcome): void {
    this.peer.conclude(outcome);
  }

  private limitConnecting(timeoutMs: number): void {
    this.callLater(timeoutMs, () => {
      if (this.connecting) this.conclude({ cause: 'connect-timeout', side: 'remote', error: null });
    });
  }
}
