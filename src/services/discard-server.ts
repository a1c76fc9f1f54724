import type { Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import { END_OF_STREAM, type Endpoint, WOULD_BLOCK } from '../core/transport.ts';
import { ClientRelay } from './client-relay.ts';
import { ALL_PASSED_ON } from './connection-report.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { NO_OPTIONS, type ServiceOptions } from './settings.ts';

/** Reads everything and sends nothing but the end of stream (RFC 863). */
export class DiscardServer extends ServiceServer {
  constructor(reactor: Reactor, local: Address, options: ServiceOptions = NO_OPTIONS) {
    super(reactor, local, options);
  }

  protected override serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay {
    return new DiscardChannel(this, endpoint, address, candidate);
  }
}

export class DiscardChannel extends ClientRelay {
  override handleRead(): void {
    const received = this.recv(this.settings.chunkSizeBytes);
    if (received === WOULD_BLOCK || received === END_OF_STREAM) return;
    this.receivedBytes += received.length;
    if (this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
  }

  override handleEnd(): void {
    this.shutdownWrite();
    this.conclude(ALL_PASSED_ON);
  }
}
