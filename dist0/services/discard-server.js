import { END_OF_STREAM, WOULD_BLOCK } from '../core/transport.js';
import { ClientRelay } from './client-relay.js';
import { ALL_PASSED_ON } from './connection-report.js';
import { ServiceServer } from './service-server.js';
import { NO_OPTIONS } from './settings.js';
/** Reads everything and sends nothing but the end of stream (RFC 863). */
export class DiscardServer extends ServiceServer {
  constructor(reactor, local, options = NO_OPTIONS) {
    super(reactor, local, options);
  }
  serveClient(endpoint, address, candidate) {
    return new DiscardChannel(this, endpoint, address, candidate);
  }
}
export class DiscardChannel extends ClientRelay {
  handleRead() {
    const received = this.recv(this.settings.chunkSizeBytes);
    if (received === WOULD_BLOCK || received === END_OF_STREAM) return;
    this.receivedBytes += received.length;
    if (this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
  }
  handleEnd() {
    this.shutdownWrite();
    this.conclude(ALL_PASSED_ON);
  }
}
