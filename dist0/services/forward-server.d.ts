import { type Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import type { Outcome } from './connection-report.ts';
import type { Candidate } from './gate.ts';
import { Relay } from './relay.ts';
import { ServiceServer } from './service-server.ts';
import { type ServiceOptions } from './settings.ts';
export interface ForwardOptions extends ServiceOptions {
  /** A remote that has not answered after this time is given up. Default 0: the system's own time-out. */
  readonly connectTimeoutMs?: number;
}
/** Forwards each connection to `remote`, whose name is resolved anew for each. */
export declare class ForwardServer extends ServiceServer {
  readonly remote: Address;
  readonly connectTimeoutMs: number;
  constructor(
    reactor: Reactor,
    addresses: {
      readonly local: Address;
      readonly remote: Address;
    },
    options?: ForwardOptions,
  );
  protected serveClient(endpoint: Endpoint, address: Address, candidate: Candidate | null): ClientRelay;
}
/** The accepted half. It is not read before the remote half is connected: until then its bytes wait in the transport. */
export declare class ForwardClient extends ClientRelay {
  constructor(server: ForwardServer, endpoint: Endpoint, address: Address, candidate: Candidate | null);
  get remote(): Address | null;
  /** @internal Makes the other half, which connects. Called by the constructor. */
  reach(server: ForwardServer): Relay;
}
/** The half that connects to the remote. */
export declare class ForwardRemote extends Relay {
  readonly side = 'remote';
  constructor(client: ForwardClient, server: ForwardServer);
  handleConnect(): void;
  conclude(outcome: Outcome): void;
  private limitConnecting;
}
