import type { Address } from '../core/address.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import { type TransportError } from '../core/errors.ts';
import type { Reactor } from '../core/reactor.ts';
import { type Endpoint, type Watcher } from '../core/transport.ts';
import type { ClientRelay } from './client-relay.ts';
import type { Outcome, Refusal } from './connection-report.ts';
import type { Candidate, Gate } from './gate.ts';
import { type ServiceOptions, type ServiceSettings } from './settings.ts';
export interface DrainOptions {
  /** After this time the connections that are left are reset. */
  readonly deadlineMs: number;
  /** Called once no connection is left. */
  readonly onDrained?: () => void;
}
export declare abstract class ServiceServer extends Dispatcher {
  /** Connections that are being served. */
  activeCount: number;
  /** @internal */ readonly settings: ServiceSettings;
  private firstClient;
  private lastClient;
  private lastId;
  private endedReceivedBytes;
  private endedSentBytes;
  private waiting;
  private draining;
  /** Binds `local` and listens. What comes of it is told by `onListening` or `onListenError`. */
  constructor(reactor: Reactor, local: Address, options: ServiceOptions);
  /** Makes the channel that serves an accepted endpoint. */
  protected abstract serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay;
  /** Whether no connection can change what happens on another: true unless a limit is shared. */
  get connectionsAreIndependent(): boolean;
  /** Whether this has been told to drain. */
  get isDraining(): boolean;
  /** The connections being served, oldest first. */
  connections(): IterableIterator<ClientRelay>;
  /** Bytes from and to clients so far, over all connections. */
  totals(): {
    readonly receivedBytes: number;
    readonly sentBytes: number;
  };
  /** Stops accepting, lets the connections finish, and resets at the deadline what is left. Once only. */
  drain(options: DrainOptions): void;
  /** Resets every connection at once. The listener is not touched. */
  abortConnections(outcome: Outcome): void;
  handleListening(): void;
  handleAccepted(endpoint: Endpoint, address: Address): void;
  handleAcceptError(error: TransportError): void;
  handleClose(reason: CloseReason): void;
  /** What of this server decides how it will behave, apart from its connections, as text. */
  fingerprint(): string;
  /** @internal */
  nextId(): number;
  /** @internal Begins to serve an endpoint. */
  admit(endpoint: Endpoint, address: Address, candidate: Candidate | null): void;
  /** @internal A connection is over. */
  forget(client: ClientRelay, outcome: Outcome): void;
  /** @internal */
  expect(candidate: WaitingCandidate): void;
  /** @internal */
  expectNoMore(candidate: WaitingCandidate): void;
  private report;
  private finishDraining;
}
/** An accepted endpoint that nobody reads until the gate has answered. If it breaks meanwhile, it leaves. */
declare class WaitingCandidate implements Candidate, Watcher {
  readonly address: Address;
  private readonly server;
  private readonly gate;
  private endpoint;
  constructor(server: ServiceServer, gate: Gate, endpoint: Endpoint, address: Address);
  onReadiness(): void;
  get isGone(): boolean;
  admit(): void;
  refuse(limit: Refusal['limit']): void;
  /** The server no longer wants an answer. */
  withdraw(): void;
  private answered;
}
