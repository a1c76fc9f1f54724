import type { Address } from '../core/address.ts';
import { checkInteger } from '../core/arguments.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import type { ClientRelay } from './client-relay.ts';
import { ALL_PASSED_ON } from './connection-report.ts';
import { DiscardChannel } from './discard-server.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { NO_OPTIONS, type ServiceOptions } from './settings.ts';

/** The byte at offset n of a source is n modulo this, a prime: bytes that moved or went missing show. */
export const SOURCE_PERIOD = 251;

/** Whole periods, so that each send begins where the pattern does or goes on in it. */
const PATTERN = Uint8Array.from({ length: SOURCE_PERIOD * 1024 }, (_, index) => index % SOURCE_PERIOD);

/** Sends `sizeBytes` bytes and the end of stream to each client, and drops what it receives. */
export class SourceServer extends ServiceServer {
  readonly sizeBytes: number;

  constructor(
    reactor: Reactor,
    local: Address,
    options: ServiceOptions & { readonly sizeBytes: number } = { ...NO_OPTIONS, sizeBytes: 0 },
  ) {
    checkInteger('sizeBytes', options.sizeBytes, 0);
    super(reactor, local, options);
    this.sizeBytes = options.sizeBytes;
  }

  protected override serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay {
    return new SourceChannel(this, endpoint, address, candidate);
  }
}

export class SourceChannel extends DiscardChannel {
  private readonly sizeBytes: number;

  constructor(server: SourceServer, endpoint: Endpoint, address: Address, candidate: Candidate | null) {
    super(server, endpoint, address, candidate);
    this.sizeBytes = server.sizeBytes;
    this.wantWrite(true);
  }

  /** One piece a turn: a fast reader must not keep the others waiting. */
  override handleWrite(): void {
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

  override handleEnd(): void {
    this.concludeIfDone();
  }

  override fingerprint(): string {
    return `${super.fingerprint()} ${this.sentBytes}`;
  }

  private concludeIfDone(): void {
    if (this.hasEndOfStream && this.hasShutdownWrite) this.conclude(ALL_PASSED_ON);
  }
}
