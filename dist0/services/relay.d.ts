import { ChunkQueue } from '../core/chunk-queue.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import type { Reactor } from '../core/reactor.ts';
import { type Endpoint } from '../core/transport.ts';
import { type Outcome } from './connection-report.ts';
import type { ServiceSettings } from './settings.ts';
export declare abstract class Relay extends Dispatcher {
  peer: Relay;
  receivedBytes: number;
  sentBytes: number;
  /** When a byte last moved here. Kept up to date only if there is an idle time-out. */
  activeAtMs: number;
  readonly settings: ServiceSettings;
  /** @internal Bytes taken from the peer that the transport has not accepted. Made when first needed. */
  unsent: ChunkQueue | null;
  /** @internal Whether the peer has ended, and that is to be passed on after what is unsent. */
  owesEnd: boolean;
  constructor(reactor: Reactor, settings: ServiceSettings, endpoint: Endpoint | null);
  /** Ends the whole connection, both sides of it, and says why. At most once. */
  abstract conclude(outcome: Outcome): void;
  /** Which side of the connection this is. */
  abstract readonly side: 'client' | 'remote';
  /** Bytes that wait to be sent here. */
  get unsentBytes(): number;
  handleRead(): void;
  handleWrite(): void;
  handleEnd(): void;
  handleClose(reason: CloseReason): void;
  /** What of this channel decides how it will behave, as text, for merging equal states. */
  fingerprint(): string;
  /** @internal Hands what was received to the peer; reading rests if that has enough. */
  pass(received: Uint8Array): void;
  /** @internal Whether a byte received now could be sent or kept. */
  hasRoom(): boolean;
  /** @internal Sends `received`, and keeps the rest. Returns whether its receiver may go on. */
  take(received: Uint8Array): boolean;
  /** @internal Keeps a copy of what could not be sent. Returns whether there is room for more. */
  keep(rest: Uint8Array): boolean;
  /** @internal Sends of what was kept as much as goes. */
  flush(unsent: ChunkQueue): void;
  /** @internal The peer has ended, and all it sent has gone out. */
  passEnd(): void;
}
