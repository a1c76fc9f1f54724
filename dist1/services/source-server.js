import { checkInteger } from '../core/arguments.js';
import { ALL_PASSED_ON } from './connection-report.js';
import { DiscardChannel } from './discard-server.js';
import { ServiceServer } from './service-server.js';
import { NO_OPTIONS } from './settings.js';
/** The byte at offset n of a source is n modulo this, a prime: bytes that moved or went missing show. */
export const SOURCE_PERIOD = 251;
/** Whole periods, so that each send begins where the pattern does or goes on in it. */
const PATTERN = Uint8Array.from({ length: SOURCE_PERIOD * 1024 }, (_, index) => index % SOURCE_PERIOD);
/** Sends `sizeBytes` bytes and the end of stream to each client, and drops what it receives. */
export class SourceServer extends ServiceServer {
  constructor(reactor, local, options = { ...NO_OPTIONS, sizeBytes: 0 }) {
    checkInteger('sizeBytes', options.sizeBytes, 0);
    super(reactor, local, options);
    this.sizeBytes = options.sizeBytes;
  }
  serveClient(endpoint, address, candidate) {
    return new SourceChannel(this, endpoint, address, candidate);
  }
}
export class SourceChannel extends DiscardChannel {
  constructor(server, endpoint, address, candidate) {
    super(server, endpoint, address, candidate);
    this.sizeBytes = server.sizeBytes;
    this.wantWrite(true);
  }
  /** One piece a turn: a fast reader must not keep the others waiting. */
  handleWrite() {
    const begin = this.sentBytes % SOURCE_PERIOD;
    const length = Math.min(this.sizeBytes - this.sentBytes, PATTERN.length - begin);
    const accepted = length === 0 ? 0 : this.send(PATTERN.subarray(begin, begin + length));
    this.sentBytes += accepted;
    if (accepted > 0 && this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
    if (this.sentBytes < this.sizeBytes) this.wantWrite(true);
    else {
      this.shutdownWrite();
      this.concludeIfDone();
    }
  }
  handleEnd() {
    this.concludeIfDone();
  }
  fingerprint() {
    return `${super.fingerprint()} ${this.sentBytes}`;
  }
  concludeIfDone() {
    if (this.hasEndOfStream && this.hasShutdownWrite) this.conclude(ALL_PASSED_ON);
  }
}
