import type { Address } from '../core/address.ts';
import type { Endpoint } from '../core/transport.ts';
import type { Outcome } from './connection-report.ts';
import type { Candidate } from './gate.ts';
import { Relay } from './relay.ts';
import type { ServiceServer } from './service-server.ts';
/** The accepted end of a connection that a server serves: it stands in the server's list, and accounts for it. */
export declare abstract class ClientRelay extends Relay {
  readonly side = 'client';
  readonly server: ServiceServer;
  readonly id: number;
  readonly openedAtMs: number;
  /** @internal Its place at the gate; null where there is no gate. */
  readonly candidate: Candidate | null;
  /** @internal */ previousClient: ClientRelay | null;
  /** @internal */ nextClient: ClientRelay | null;
  private isConcluded;
  constructor(server: ServiceServer, endpoint: Endpoint, address: Address, candidate: Candidate | null);
  /** Where this connection is forwarded to. */
  get remote(): Address | null;
  conclude(outcome: Outcome): void;
  /** One timer a connection, which looks when it fires how long ago a byte moved: moving bytes sets none. */
  private watchIdleness;
}
