import type { Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import { type Endpoint } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { type ServiceOptions } from './settings.ts';
/** Reads everything and sends nothing but the end of stream (RFC 863). */
export declare class DiscardServer extends ServiceServer {
  constructor(reactor: Reactor, local: Address, options?: ServiceOptions);
  protected serveClient(endpoint: Endpoint, address: Address, candidate: Candidate | null): ClientRelay;
}
export declare class DiscardChannel extends ClientRelay {
  handleRead(): void;
  handleEnd(): void;
}
