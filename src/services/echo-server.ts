import type { Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { NO_OPTIONS, type ServiceOptions } from './settings.ts';

/** Sends back what it receives (RFC 862), and the end of stream after the last byte. */
export class EchoServer extends ServiceServer {
  constructor(reactor: Reactor, local: Address, options: ServiceOptions = NO_OPTIONS) {
    super(reactor, local, options);
  }

  protected override serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay {
    return new EchoChannel(this, endpoint, address, candidate);
  }
}

/** A relay that is its own peer. */
export class EchoChannel extends ClientRelay {}
