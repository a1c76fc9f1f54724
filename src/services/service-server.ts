// What every service has in common: a listener, the list of connections it serves, limits, hooks and draining.
import type { Address } from '../core/address.ts';
import { checkDuration, checkOptions } from '../core/arguments.ts';
import type { Timer } from '../core/clock.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import { StateError, type TransportError } from '../core/errors.ts';
import type { Reactor } from '../core/reactor.ts';
import { type Endpoint, Readiness, type Watcher } from '../core/transport.ts';
import type { ClientRelay } from './client-relay.ts';
import type { Outcome, Refusal } from './connection-report.ts';
import type { Candidate, Gate } from './gate.ts';
import { resolveSettings, type ServiceOptions, type ServiceSettings } from './settings.ts';

/** So many waiting connections are accepted in one turn, at most: a burst must not starve those that are served. */
const ACCEPTS_PER_TURN = 32;

/**
 * Connections that the kernel may hold until they are accepted; Linux takes no more than net.core.somaxconn, 4096. With
 * Node's default of 511 a burst of 2,000 clients overflows it, and Linux, which then answers with cookies, resets some.
 */
const BACKLOG = 4096;

export interface DrainOptions {
  /** After this time the connections that are left are reset. */
  readonly deadlineMs: number;
  /** Called once no connection is left. */
  readonly onDrained?: () => void;
}

export abstract class ServiceServer extends Dispatcher {
  /** Connections that are being served. */
  activeCount = 0;
  /** @internal */ readonly settings: ServiceSettings;
  private firstClient: ClientRelay | null = null;
  private lastClient: ClientRelay | null = null;
  private lastId = 0;
  private endedReceivedBytes = 0;
  private endedSentBytes = 0;
  private waiting: Set<WaitingCandidate> | null = null;
  private draining: { readonly timer: Timer; readonly onDrained: () => void } | null = null;

  /** Binds `local` and listens. What comes of it is told by `onListening` or `onListenError`. */
  constructor(reactor: Reactor, local: Address, options: ServiceOptions) {
    super(reactor);
    checkOptions('options', options);
    this.settings = resolveSettings(options);
    this.acceptsPerTurn = ACCEPTS_PER_TURN;
    this.bind(local);
    this.listen(BACKLOG);
  }

  /** Makes the channel that serves an accepted endpoint. */
  protected abstract serveClient(
    endpoint: Endpoint,
    address: Address,
    candidate: Candidate | null,
  ): ClientRelay;

  /** Whether no connection can change what happens on another: true unless a limit is shared. */
  get connectionsAreIndependent(): boolean {
    return this.settings.gate === null && this.draining === null;
  }

  /** Whether this has been told to drain. */
  get isDraining(): boolean {
    return this.draining !== null;
  }

  /** The connections being served, oldest first. */
  *connections(): IterableIterator<ClientRelay> {
    for (let client = this.firstClient; client !== null; client = client.nextClient) yield client;
  }

  /** Bytes from and to clients so far, over all connections. */
  totals(): { readonly receivedBytes: number; readonly sentBytes: number } {
    let receivedBytes = this.endedReceivedBytes;
    let sentBytes = this.endedSentBytes;
    for (const client of this.connections()) {
      receivedBytes += client.receivedBytes;
      sentBytes += client.sentBytes;
    }
    return { receivedBytes, sentBytes };
  }

  /** Stops accepting, lets the connections finish, and resets at the deadline what is left. Once only. */
  drain(options: DrainOptions): void {
    checkDuration('deadlineMs', options.deadlineMs);
    if (this.draining !== null) throw new StateError('ERR_DRAINING', `${String(this)} is draining already`);
    this.close();
    const expire = (): void =>
      this.abortConnections({ cause: 'drain-deadline', side: 'service', error: null });
    const timer = this.reactor.callLater(this.activeCount === 0 ? 0 : options.deadlineMs, () => {
      expire();
      this.finishDraining();
    });
    this.draining = { timer, onDrained: options.onDrained ?? nothing };
    if (this.waiting !== null) for (const candidate of [...this.waiting]) candidate.withdraw();
  }

  /** Resets every connection at once. The listener is not touched. */
  abortConnections(outcome: Outcome): void {
    for (const client of [...this.connections()]) client.conclude(outcome);
  }

  override handleListening(): void {
    this.settings.hooks.onListening?.(this);
  }

  override handleAccepted(endpoint: Endpoint, address: Address): void {
    const { gate } = this.settings;
    if (gate === null) this.admit(endpoint, address, null);
    else gate.enter(new WaitingCandidate(this, gate, endpoint, address));
  }

  override handleAcceptError(error: TransportError): void {
    const { onAcceptError } = this.settings.hooks;
    if (onAcceptError === undefined) super.handleAcceptError(error);
    else onAcceptError(error, this);
  }

  override handleClose(reason: CloseReason): void {
    const { onListenError } = this.settings.hooks;
    if (onListenError !== undefined && 'error' in reason && reason.kind !== 'exception') {
      onListenError(reason.error, this);
    } else super.handleClose(reason);
  }

  /** What of this server decides how it will behave, apart from its connections, as text. */
  fingerprint(): string {
    return this.settings.gate?.fingerprint?.() ?? '';
  }

  /** @internal */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** @internal Begins to serve an endpoint. */
  admit(endpoint: Endpoint, address: Address, candidate: Candidate | null): void {
    const client = this.serveClient(endpoint, address, candidate);
    client.previousClient = this.lastClient;
    if (this.lastClient === null) this.firstClient = client;
    else this.lastClient.nextClient = client;
    this.lastClient = client;
    this.activeCount += 1;
    const { onConnection } = this.settings.hooks;
    if (onConnection === undefined) return;
    try {
      onConnection({ id: client.id, client: address, remote: client.remote }, this);
    } catch (error) {
      client.conclude({ cause: 'exception', side: 'service', error });
      throw error;
    }
  }

  /** @internal A connection is over. */
  forget(client: ClientRelay, outcome: Outcome): void {
    const { previousClient, nextClient } = client;
    if (previousClient === null) this.firstClient = nextClient;
    else previousClient.nextClient = nextClient;
    if (nextClient === null) this.lastClient = previousClient;
    else nextClient.previousClient = previousClient;
    this.activeCount -= 1;
    this.endedReceivedBytes += client.receivedBytes;
    this.endedSentBytes += client.sentBytes;
    const { gate, hooks } = this.settings;
    try {
      if (hooks.onConnectionEnd !== undefined) this.report(client, outcome);
    } finally {
      if (client.candidate !== null) gate?.leave(client.candidate);
      if (this.activeCount === 0 && this.draining !== null) this.finishDraining();
    }
  }

  /** @internal */
  expect(candidate: WaitingCandidate): void {
    this.waiting ??= new Set();
    this.waiting.add(candidate);
  }

  /** @internal */
  expectNoMore(candidate: WaitingCandidate): void {
    this.waiting?.delete(candidate);
  }

  private report(client: ClientRelay, outcome: Outcome): void {
    const { id, remote, receivedBytes, sentBytes } = client;
    const durationMs = this.reactor.clock.now() - client.openedAtMs;
    const { cause, side, error } = outcome;
    const address = client.address!;
    this.settings.hooks.onConnectionEnd!(
      { id, client: address, remote, receivedBytes, sentBytes, durationMs, cause, side, error },
      this,
    );
  }

  private finishDraining(): void {
    const { draining } = this;
    if (draining === null) return;
    draining.timer.cancel();
    this.draining = { timer: draining.timer, onDrained: nothing };
    draining.onDrained();
  }
}

function nothing(): void {}

/** An accepted endpoint that nobody reads until the gate has answered. If it breaks meanwhile, it leaves. */
class WaitingCandidate implements Candidate, Watcher {
  readonly address: Address;
  private readonly server: ServiceServer;
  private readonly gate: Gate;
  private endpoint: Endpoint | null;

  constructor(server: ServiceServer, gate: Gate, endpoint: Endpoint, address: Address) {
    this.server = server;
    this.gate = gate;
    this.endpoint = endpoint;
    this.address = address;
    endpoint.watcher = this;
    server.expect(this);
  }

  onReadiness(): void {
    if (this.endpoint === null || !this.isGone) return;
    this.gate.leave(this);
    try {
      this.refuse(null);
    } catch (error) {
      this.server.catchException(error);
    }
  }

  get isGone(): boolean {
    return this.endpoint === null || (this.endpoint.readiness & (Readiness.FAILED | Readiness.BROKEN)) !== 0;
  }

  admit(): void {
    const endpoint = this.answered();
    if (endpoint === null) return;
    try {
      this.server.admit(endpoint, this.address, this);
    } catch (error) {
      // An admission may come from another connection's end, which must not hear of this one's trouble.
      endpoint.abort();
      this.gate.leave(this);
      this.server.catchException(error);
    }
  }

  refuse(limit: Refusal['limit']): void {
    const endpoint = this.answered();
    if (endpoint === null) return;
    endpoint.abort();
    this.server.settings.hooks.onRefused?.({ client: this.address, limit }, this.server);
  }

  /** The server no longer wants an answer. */
  withdraw(): void {
    this.answered()?.abort();
    this.gate.leave(this);
  }

  private answered(): Endpoint | null {
    const { endpoint } = this;
    if (endpoint !== null) endpoint.watcher = null;
    this.endpoint = null;
    this.server.expectNoMore(this);
    return endpoint;
  }
}
