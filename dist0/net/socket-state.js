import { isUnixAddress } from '../core/index.js';
/** What a socket keeps for itself; under a symbol, so that subclasses may use any name. */
export class SocketState {
  constructor(host, reader) {
    this.handle = null;
    /** The connect under way; news of an earlier one is ignored. */
    this.dial = null;
    this.idleTimer = null;
    /** The handle's counts, once it is closed. */
    this.bytesRead = 0;
    this.bytesWritten = 0;
    /** Written before the connection was established. */
    this.unsent = [];
    /** Bytes that waited in the handle when the idle timer last looked. */
    this.queueSizeBytes = 0;
    this.isResetting = false;
    this.isRef = true;
    this.noDelay = false;
    this.keepAlive = false;
    this.keepAliveSeconds = 0;
    this.peer = null;
    this.local = null;
    this.openHandle = null;
    this.host = host;
    this.reader = reader;
  }
  /** What a server has set on the handle already. */
  rememberOptions(server) {
    this.noDelay = server.noDelay;
    this.keepAlive = server.keepAlive;
    if (server.keepAlive) this.keepAliveSeconds = server.keepAliveInitialDelay;
  }
}
export const STATE = Symbol('socket state');
export function addressFields(address) {
  if (address === null || isUnixAddress(address)) return {};
  return {
    address: address.host,
    family: address.host.includes(':') ? 'IPv6' : 'IPv4',
    port: address.port,
  };
}
