import type { Address } from '../core/address.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint } from '../core/transport.ts';
import type { ClientRelay } from './client-relay.ts';
import { DiscardChannel } from './discard-server.ts';
import type { Candidate } from './gate.ts';
import { ServiceServer } from './service-server.ts';
import { type ServiceOptions } from './settings.ts';
/** The byte at offset n of a source is n modulo this, a prime: bytes that moved or went missing show. */
export declare const SOURCE_PERIOD = 251;
/** Sends `sizeBytes` bytes and the end of stream to each client, and drops what it receives. */
export declare class SourceServer extends ServiceServer {
  readonly sizeBytes: number;
  constructor(
    reactor: Reactor,
    local: Address,
    options?: ServiceOptions & {
      readonly sizeBytes: number;
    },
  );
  protected serveClient(endpoint: Endpoint, address: Address, candidate: Candidate | null): ClientRelay;
}
export declare class SourceChannel extends DiscardChannel {
  private readonly sizeBytes;
  constructor(server: SourceServer, endpoint: Endpoint, address: Address, candidate: Candidate | null);
  /** One piece a turn: a fast reader must not keep the others waiting. */
  handleWrite(): void;
  handleEnd(): void;
  fingerprint(): string;
  private concludeIfDone;
}
