import { checkDuration } from '../core/arguments.js';
import { Dispatcher } from '../core/dispatcher.js';
import { StateError } from '../core/errors.js';
import { Readiness } from '../core/transport.js';
import { resolveSettings } from './settings.js';

/** So many waiting connections are accepted in one turn, at most: a burst must not starve those that are served. */
const ACCEPTS_PER_TURN = 32;
/**
 * Connections that the kernel may hold until they are accepted; Linux takes no more than net.core.somaxconn, 4096. With
 * Node's default of 511 a burst of 2,000 clients overflows it, and Linux, which then answers with cookies, resets some.
 */
const BACKLOG = 4096;
export class ServiceServer extends Dispatcher {
  /** Binds `local` and listens. What comes of it is told by `onListening` or `onListenError`. */
  constructor(reactor, local, options) {
    super(reactor);
    /** Connections that are being served. */
    this.activeCount = 0;
    this.firstClient = null;
    this.lastClient = null;
    this.lastId = 0;
    this.endedReceivedBytes = 0;
    this.endedSentBytes = 0;
    this.waiting = null;
    this.draining = null;
    this.settings = resolveSettings(options);
    this.acceptsPerTurn = ACCEPTS_PER_TURN;
    this.bind(local);
    this.listen(BACKLOG);
  }
  /** Whether no connection can change what happens on another: true unless a limit is shared. */
  get connectionsAreIndependent() {
    return this.settings.gate === null && this.draining === null;
  }
  /** Whether this has been told to drain. */
  get isDraining() {
    return this.draining !== null;
  }
  /** The connections being served, oldest first. */
  *connections() {
    for (let client = this.firstClient; client !== null; client = client.nextClient) yield client;
  }
  /** Bytes from and to clients so far, over all connections. */
  totals() {
    let receivedBytes = this.endedReceivedBytes;
    let sentBytes = this.endedSentBytes;
    for (const client of this.connections()) {
      receivedBytes += client.receivedBytes;
      sentBytes += client.sentBytes;
    }
    return { receivedBytes, sentBytes };
  }
  /** Stops accepting, lets the connections finish, and resets at the deadline what is left. Once only. */
  drain(options) {
    checkDuration('deadlineMs', options.deadlineMs);
    if (this.draining !== null) throw new StateError('ERR_DRAINING', `${String(this)} is draining already`);
    this.close();
    const expire = () => this.abortConnections({ cause: 'drain-deadline', side: 'service', error: null });
    const timer = this.reactor.callLater(this.activeCount === 0 ? 0 : options.deadlineMs, () => {
      expire();
      this.finishDraining();
    });
    this.draining = { timer, onDrained: options.onDrained ?? nothing };
    if (this.waiting !== null) for (const candidate of [...this.waiting]) candidate.withdraw();
  }
  /** Resets every connection at once. The listener is not touched. */
  abortConnections(outcome) {
    for (const client of [...this.connections()]) client.conclude(outcome);
  }
  handleListening() {
    this.settings.hooks.onListening?.(this);
  }
  handleAccepted(endpoint, address) {
    const { gate } = this.settings;
    if (gate === null) this.admit(endpoint, address, null);
    else gate.enter(new WaitingCandidate(this, gate, endpoint, address));
  }
  handleAcceptError(error) {
    const { onAcceptError } = this.settings.hooks;
    if (onAcceptError === undefined) super.handleAcceptError(error);
    else onAcceptError(error, this);
  }
  handleClose(reason) {
    const { onListenError } = this.settings.hooks;
    if (onListenError !== undefined && 'error' in reason && reason.kind !== 'exception') {
      onListenError(reason.error, this);
    } else super.handleClose(reason);
  }
  /** What of this server decides how it will behave, apart from its connections, as text. */
  fingerprint() {
    return `${this.channelState} ${this.activeCount} ${this.waiting?.size ?? 0} ${this.draining === null ? 0 : 1}`;
  }
  /** @internal */
  nextId() {
    this.lastId += 1;
    return this.lastId;
  }
  /** @internal Begins to serve an endpoint. */
  admit(endpoint, address, candidate) {
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
  forget(client, outcome) {
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
  expect(candidate) {
    this.waiting ??= new Set();
    this.waiting.add(candidate);
  }
  /** @internal */
  expectNoMore(candidate) {
    this.waiting?.delete(candidate);
  }
  report(client, outcome) {
    const { id, remote, receivedBytes, sentBytes } = client;
    const durationMs = this.reactor.clock.now() - client.openedAtMs;
    const { cause, side, error } = outcome;
    const address = client.address;
    this.settings.hooks.onConnectionEnd(
      { id, client: address, remote, receivedBytes, sentBytes, durationMs, cause, side, error },
      this,
    );
  }
  finishDraining() {
    const { draining } = this;
    if (draining === null) return;
    draining.timer.cancel();
    this.draining = { timer: draining.timer, onDrained: nothing };
    draining.onDrained();
  }
}
function nothing() {}
/** An accepted endpoint that nobody reads until the gate has answered. If it breaks meanwhile, it leaves. */
class WaitingCandidate {
  constructor(server, gate, endpoint, address) {
    this.server = server;
    this.gate = gate;
    this.endpoint = endpoint;
    this.address = address;
    endpoint.watcher = this;
    server.expect(this);
  }
  onReadiness() {
    if (this.endpoint === null || !this.isGone) return;
    this.gate.leave(this);
    try {
      this.refuse('connections');
    } catch (error) {
      this.server.catchException(error);
    }
  }
  get isGone() {
    return this.endpoint === null || (this.endpoint.readiness & Readiness.FAILED) !== 0;
  }
  admit() {
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
  refuse(limit) {
    const endpoint = this.answered();
    if (endpoint === null) return;
    endpoint.abort();
    this.server.settings.hooks.onRefused?.({ client: this.address, limit }, this.server);
  }
  /** The server no longer wants an answer. */
  withdraw() {
    this.answered()?.abort();
    this.gate.leave(this);
  }
  answered() {
    const { endpoint } = this;
    if (endpoint !== null) endpoint.watcher = null;
    this.endpoint = null;
    this.server.expectNoMore(this);
    return endpoint;
  }
}
