import { checkAddress } from '../core/address.js';
import { checkDuration } from '../core/arguments.js';
import { ClientRelay } from './client-relay.js';
import { Relay } from './relay.js';
import { ServiceServer } from './service-server.js';
import { NO_OPTIONS } from './settings.js';
/** Forwards each connection to `remote`, whose name is resolved anew for each. */
export class ForwardServer extends ServiceServer {
  constructor(reactor, addresses, options = NO_OPTIONS) {
    checkAddress('remote', addresses.remote);
    const connectTimeoutMs = checkDuration('connectTimeoutMs', options.connectTimeoutMs ?? 0);
    super(reactor, addresses.local, options);
    this.remote = addresses.remote;
    this.connectTimeoutMs = connectTimeoutMs;
  }
  serveClient(endpoint, address, candidate) {
    return new ForwardClient(this, endpoint, address, candidate);
  }
}
/** The accepted half. It is not read before the remote half is connected: until then its bytes wait in the transport. */
export class ForwardClient extends ClientRelay {
  constructor(server, endpoint, address, candidate) {
    super(server, endpoint, address, candidate);
    this.wantsRead = false;
    try {
      this.peer = this.reach(server);
    } catch (error) {
      this.abort();
      throw error;
    }
  }
  get remote() {
    return this.server.remote;
  }
  /** @internal Makes the other half, which connects. Called by the constructor. */
  reach(server) {
    return new ForwardRemote(this, server);
  }
}
/** The half that connects to the remote. */
export class ForwardRemote extends Relay {
  constructor(client, server) {
    super(server.reactor, server.settings, null);
    this.side = 'remote';
    this.peer = client;
    this.connect(server.remote);
    if (server.connectTimeoutMs > 0) this.limitConnecting(server.connectTimeoutMs);
  }
  handleConnect() {
    this.peer.wantRead(true);
  }
  conclude(outcome) {
    this.peer.conclude(outcome);
  }
  limitConnecting(timeoutMs) {
    this.callLater(timeoutMs, () => {
      if (this.connecting) this.conclude({ cause: 'connect-timeout', side: 'remote', error: null });
    });
  }
}
