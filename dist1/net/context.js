import { getDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import { createLookup } from './lookup.js';
/** What the sockets and servers of one net module share. */
export class NetContext {
  constructor(source, makeSocket, options) {
    /** Open sockets and servers, in the order in which they were opened. */
    this.openHandles = new Set();
    this.autoSelectFamily = getDefaultAutoSelectFamily();
    this.autoSelectFamilyAttemptTimeoutMs = getDefaultAutoSelectFamilyAttemptTimeout();
    this.source = source;
    this.makeSocket = makeSocket;
    this.tracksOrigins = options.tracksOrigins ?? false;
    this.files = options.files;
    this.lookup = createLookup(() => this.host(), this.openHandles);
  }
  /** As if the module had just been made: nothing is open, and settings are Node's. */
  renew(files) {
    this.openHandles.clear();
    this.files = files;
    this.autoSelectFamily = getDefaultAutoSelectFamily();
    this.autoSelectFamilyAttemptTimeoutMs = getDefaultAutoSelectFamilyAttemptTimeout();
  }
  /** The host on which a socket or server made now lives. */
  host() {
    return typeof this.source === 'function' ? this.source() : this.source;
  }
}
/** Where sockets and servers find their module's context: on the prototype. */
export const CONTEXT = Symbol('net context');
