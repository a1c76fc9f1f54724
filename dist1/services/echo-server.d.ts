import type { Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { type ServiceOptions } from './settings.ts';
/** Sends back what it receives (RFC 862), and the end of stream after the last byte. */
export declare class EchoServer extends ServiceServer {
  constructor(reactor: Reactor, local: Address, options?: ServiceOptions);
  protected serveClient(endpoint: Endpoint, address: Address, candidate: Candidate | null): ClientRelay;
}
/** A relay that is its own peer. */
export declare class EchoChannel extends ClientRelay {}
