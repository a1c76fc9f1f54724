import { ClientRelay } from './client-relay.js';
import { ServiceServer } from './service-server.js';
import { NO_OPTIONS } from './settings.js';
/** Sends back what it receives (RFC 862), and the end of stream after the last byte. */
export class EchoServer extends ServiceServer {
  constructor(reactor, local, options = NO_OPTIONS) {
    super(reactor, local, options);
  }
  serveClient(endpoint, address, candidate) {
    return new EchoChannel(this, endpoint, address, candidate);
  }
}
/** A relay that is its own peer. */
export class EchoChannel extends ClientRelay {}
