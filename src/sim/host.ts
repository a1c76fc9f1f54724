// A simulated machine: an address, a reactor, a clock view, listening ports, files. It is its own transport and driver.
import { Volume } from 'memfs';
import { type Address, checkAddress } from '../core/address.ts';
import { checkInteger } from '../core/arguments.ts';
import { TransportError } from '../core/errors.ts';
import { type Driver, Reactor, type ReactorOptions } from '../core/reactor.ts';
import type {
  ConnectOptions,
  Endpoint,
  Listener,
  ListenOptions,
  OpenFileOptions,
  ResolvedAddress,
  Transport,
} from '../core/transport.ts';
import { HostClock } from './clock.ts';
import { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
import { SimulationError } from './errors.ts';
import { FailedEndpoint } from './failed-endpoint.ts';
import { openSimFile } from './files.ts';
import { READY } from './label.ts';
import { SimListener } from './listener.ts';
import type { Network } from './network.ts';
import { Event } from './schedule-queue.ts';
import type { StreamBuffer } from './stream-buffer.ts';

/** Linux: net.ipv4.ip_local_port_range. */
const FIRST_EPHEMERAL_PORT = 32768;

/** Turns in a row without any effect after which a run is called a livelock. */
const IDLE_TURNS_MAX = 1000;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

export class Host implements Transport, Driver {
  readonly name: string;
  readonly address: string;
  readonly network: Network;
  readonly clock: HostClock;
  readonly reactor: Reactor;
  /** @internal Endpoints that no program has closed. */
  readonly openEndpoints = new Set<SimEndpoint>();
  private readonly turn: HostTurn;
  private readonly listeners: SimListener[] = [];
  private readonly viewed: StreamBuffer[] = [];
  private files: Volume | null = null;
  private isTurnQueued = false;
  private idleTurns = 0;
  private nextPort = FIRST_EPHEMERAL_PORT;

  constructor(
    network: Network,
    name: string,
    address: string,
    options: Pick<ReactorOptions, 'onUncaught' | 'log' | 'order'>,
  ) {
    this.network = network;
    this.name = name;
    this.address = address;
    this.clock = new HostClock(network.schedule);
    this.turn = new HostTurn(this);
    const mayReorder = (network.mask & (1 << READY.index)) !== 0;
    const decided = mayReorder ? (dueCount: number): number => this.pickReady(dueCount) : 'per-channel';
    const order = options.order ?? decided;
    this.reactor = new Reactor({ ...options, transport: this, clock: this.clock, driver: this, order });
  }

  /** The host as a transport: itself. */
  get transport(): Transport {
    return this;
  }

  /** The host's files, in memory. */
  get volume(): Volume {
    this.files ??= new Volume();
    return this.files;
  }

  /** Addresses on which this host listens. */
  get listening(): Address[] {
    return this.listeners.map((listener) => listener.address);
  }

  connect(remote: Address, options: ConnectOptions = {}): Endpoint {
    checkAddress('remote', remote);
    const { network } = this;
    if ('path' in remote) {
      const local = { host: '127.0.0.1', port: 0 };
      if (this.listenerAt(remote) === null) return this.failConnect('ENOENT', { path: remote.path });
      return new Connection(network, this, this, local, remote as never).client;
    }
    const target = this.resolveHost(remote.host);
    if (target === null) {
      const isAddress = /^[\d.]+$|:/.test(remote.host);
      const failed = isAddress
        ? { syscall: 'connect', address: remote.host, port: remote.port }
        : { syscall: 'getaddrinfo', address: remote.host };
      return this.failConnect(isAddress ? 'EHOSTUNREACH' : 'ENOTFOUND', failed);
    }
    const isLocal = target === this;
    const host = isLocal ? (remote.host === '::1' ? '::1' : '127.0.0.1') : target.address;
    const local = { host: isLocal ? host : this.address, port: options.local?.port || this.takePort() };
    return new Connection(network, this, target, local, { host, port: remote.port }).client;
  }

  listen(local: Address, options: ListenOptions = {}): Listener {
    checkAddress('local', local);
    const backlog = checkInteger('backlog', options.backlog ?? 511, 1, 65535);
    const failure = this.whyNotListen(local);
    const address = 'path' in local || local.port !== 0 ? local : { host: local.host, port: this.takePort() };
    const listener = new SimListener(this, address, backlog);
    listener.isBound = failure === null;
    if (listener.isBound) this.listeners.push(listener);
    this.clock.setTimer(0, () => {
      if (failure === null) listener.onBound();
      else listener.onFailure(failure);
    });
    return listener;
  }

  openFile(file: string | number, options: OpenFileOptions = {}): Endpoint {
    return openSimFile(this, file, options);
  }

  resolve(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void {
    const host = this.resolveHost(name);
    const address = host === this ? '127.0.0.1' : host?.address;
    const found =
      address === undefined ? [] : [{ address, family: address.includes(':') ? (6 as const) : (4 as const) }];
    const answer = found.filter((entry) => family === 0 || entry.family === family);
    const error =
      answer.length > 0 ? null : new TransportError('ENOTFOUND', { syscall: 'getaddrinfo', address: name });
    this.clock.setTimer(0, () => callback(error, answer));
  }

  /** @internal Driver: this host's program is due for a turn. */
  requestTurn(): void {
    if (this.isTurnQueued) return;
    this.isTurnQueued = true;
    this.network.schedule.placeFirst(this.turn);
  }

  /** @internal One turn of this host's reactor. */
  runTurn(): void {
    this.isTurnQueued = false;
    for (const endpoint of this.openEndpoints) {
      if (!endpoint.in.isDirty) continue;
      endpoint.in.coalesce();
      endpoint.in.isDirty = false;
    }
    const before = this.network.effects;
    const called = this.reactor.runTurn();
    for (const buffer of this.viewed) buffer.settle();
    this.viewed.length = 0;
    if (called === 0 || this.network.effects !== before) this.idleTurns = 0;
    else this.noteIdleTurn();
  }

  /** @internal Views of this buffer are out until the turn ends. */
  noteViewed(buffer: StreamBuffer): void {
    if (buffer.isViewed) return;
    this.viewed.push(buffer);
    // Outside a turn (a timer, the net façade) only a turn to come settles it.
    if (!this.reactor.isTurning) this.requestTurn();
  }

  /** @internal */
  listenerAt(address: Address): SimListener | null {
    for (const listener of this.listeners) {
      const { address: bound } = listener;
      if ('path' in address || 'path' in bound) {
        if ('path' in address && 'path' in bound && address.path === bound.path) return listener;
      } else if (
        bound.port === address.port &&
        (isWildcard(bound.host) || this.isSameHost(bound.host, address.host))
      )
        return listener;
    }
    return null;
  }

  /** @internal */
  forget(listener: SimListener): void {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }

  toString(): string {
    return `host ${this.name}`;
  }

  private pickReady(dueCount: number): number {
    const { network } = this;
    const choice = network.decisions.decide(READY, dueCount);
    if (choice !== 0)
      network.noteFault(READY, this.name, `ready channel ${choice + 1} of ${dueCount} is served first`);
    return choice;
  }

  private noteIdleTurn(): void {
    this.idleTurns += 1;
    if (this.idleTurns < IDLE_TURNS_MAX) return;
    const channels = [...this.reactor.channels()].filter((channel) => channel.isDue()).map(String);
    throw new SimulationError(
      'ERR_LIVELOCK',
      `${this}: ${IDLE_TURNS_MAX} turns in a row called handlers without any effect; ready again and again: ${channels.join(', ')}. ` +
        'A handler must receive, send or close what it is called for, or say that it wants no such call (wantRead, wantWrite).',
    );
  }

  private resolveHost(name: string): Host | null {
    return LOOPBACK.has(name) ? this : this.network.find(name);
  }

  private isSameHost(bound: string, asked: string): boolean {
    return (
      bound === asked ||
      (this.resolveHost(bound) === this &&
        this.resolveHost(asked) === this &&
        LOOPBACK.has(bound) === LOOPBACK.has(asked))
    );
  }

  private whyNotListen(local: Address): TransportError | null {
    const target =
      'path' in local
        ? { syscall: 'listen', path: local.path }
        : { syscall: 'listen', address: local.host, port: local.port };
    if (!('path' in local)) {
      const owner = this.resolveHost(local.host);
      if (owner === null)
        return new TransportError('ENOTFOUND', { syscall: 'getaddrinfo', address: local.host });
      if (owner !== this) return new TransportError('EADDRNOTAVAIL', target);
      if (local.port === 0) return null;
    }
    return this.listeners.some((listener) => conflict(listener.address, local))
      ? new TransportError('EADDRINUSE', target)
      : null;
  }

  private failConnect(
    code: string,
    target: { syscall?: string; address?: string; port?: number; path?: string },
  ): Endpoint {
    const endpoint = new FailedEndpoint();
    this.clock.setTimer(0, () => endpoint.fail(new TransportError(code, { syscall: 'connect', ...target })));
    return endpoint;
  }

  private takePort(): number {
    const port = this.nextPort;
    this.nextPort += 1;
    return port;
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function conflict(bound: Address, asked: Address): boolean {
  if ('path' in bound || 'path' in asked)
    return 'path' in bound && 'path' in asked && bound.path === asked.path;
  return (
    bound.port === asked.port &&
    (bound.host === asked.host || isWildcard(bound.host) || isWildcard(asked.host))
  );
}

/** A host's turn as an event of its own: a program may be slow to look. */
class HostTurn extends Event {
  private readonly host: Host;

  constructor(host: Host) {
    super(host.network.schedule.nextChainId());
    this.host = host;
  }

  override fire(): void {
    this.host.runTurn();
  }

  override describe(): string {
    return `turn of ${this.host.name}`;
  }
}
