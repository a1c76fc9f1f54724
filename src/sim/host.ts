// A simulated machine: an address, a reactor, a clock view, listening ports, files. It is its own transport and driver.

import {
  type Address,
  checkAddress,
  type InternetAddress,
  isUnixAddress,
  type UnixAddress,
} from '../core/address.ts';
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
import { type Binding, conflicts, covers, isIpv6, isNumeric, loopbackFor, unmap } from './addresses.ts';
import { HostClock } from './clock.ts';
import { Connection } from './connection.ts';
import { ConnectionNames } from './connection-names.ts';
import type { Direction } from './direction.ts';
import type { SimEndpoint } from './endpoint.ts';
import { EphemeralPorts } from './ephemeral-ports.ts';
import { FailedEndpoint } from './failed-endpoint.ts';
import { openSimFile } from './files.ts';
import { channelName, channelText, declaresIndependence } from './fingerprint.ts';
import { HostTurn, livelock } from './host-turn.ts';
import { READY } from './label.ts';
import { SimListener } from './listener.ts';
import type { Network } from './network.ts';
import type { Footprint } from './search/footprint.ts';
import { groupOf } from './search/groups.ts';
import type { Group } from './search/separate.ts';
import type { StreamBuffer } from './stream-buffer.ts';
import { Volume } from './volume.ts';

/** Turns in a row without any effect after which a run is called a livelock. */
const IDLE_TURNS_MAX = 1000;

export class Host implements Transport, Driver {
  readonly name: string;
  /** Counts from 0 in the order in which the hosts were made. */
  readonly number: number;
  readonly address: string;
  readonly network: Network;
  readonly clock: HostClock;
  readonly reactor: Reactor;
  /** @internal Endpoints that no program has closed. */
  readonly openEndpoints = new Set<SimEndpoint>();
  /** Whether it has crashed, and is not up again. */
  isDown = false;
  /** Whether its programs stand still; what arrives is kept and acknowledged all the same. */
  isPaused = false;
  private readonly turn: HostTurn;
  /** @internal */
  readonly listeners: SimListener[] = [];
  private readonly viewed: StreamBuffer[] = [];
  /** Directions with deliveries that no turn has looked at: the cost of a turn follows these, not all connections. */
  private readonly dirty: Direction[] = [];
  private files: Volume | null = null;
  /** @internal How its connections are named, if they are. */
  readonly names: ConnectionNames | null;
  /** @internal */ bindingsToCome = 0;
  private isTurnQueued = false;
  private idleTurns = 0;
  private readonly ports = new EphemeralPorts(this);

  constructor(
    network: Network,
    name: string,
    address: string,
    options: Pick<ReactorOptions, 'onUncaught' | 'log' | 'order'>,
  ) {
    this.network = network;
    this.name = name;
    this.number = network.hostCount;
    this.address = address;
    this.clock = new HostClock(network.schedule);
    this.clock.owner = this;
    this.turn = new HostTurn(this);
    this.names = network.made === null ? null : new ConnectionNames();
    const mayReorder = (network.mask & (1 << READY.index)) !== 0;
    const decided = mayReorder ? (dueCount: number): number => this.pickReady(dueCount) : 'per-channel';
    const order = options.order ?? decided;
    this.reactor = new Reactor({
      transport: this,
      clock: this.clock,
      driver: this,
      order,
      log: options.log,
      onUncaught: options.onUncaught,
    });
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
    if (isUnixAddress(remote)) return this.connectPath(remote);
    const { network } = this;
    const target = this.resolveHost(remote.host);
    if (target === null) {
      const isAddress = isNumeric(remote.host);
      const failed = isAddress
        ? { syscall: 'connect', address: remote.host, port: remote.port }
        : { syscall: 'getaddrinfo', address: remote.host };
      return this.failConnect(isAddress ? 'EHOSTUNREACH' : 'ENOTFOUND', failed);
    }
    const host = loopbackFor(remote.host) ?? target.address;
    const asked = options.local ?? NOWHERE;
    const local = { host: asked.host ?? (target === this ? host : this.address), port: asked.port ?? 0 };
    const failure = asked === NOWHERE ? null : this.whyNotBind(local);
    if (failure !== null)
      return this.failConnect(failure, { syscall: 'bind', address: local.host, port: local.port });
    if (local.port === 0) {
      local.port = this.ports.take();
      if (local.port === 0)
        return this.failConnect('EADDRNOTAVAIL', { syscall: 'connect', address: host, port: remote.port });
    }
    return new Connection(network, this, target, local, { host, port: remote.port }).client;
  }

  listen(local: Address, options: ListenOptions = {}): Listener {
    checkAddress('local', local);
    const backlog = checkInteger('backlog', options.backlog ?? 511, 1, 65535);
    let address = this.bindingAddress(local);
    if (!isUnixAddress(address) && address.port === 0)
      address = { host: address.host, port: this.ports.take() };
    const bound = { address, isIpv6Only: options.ipv6Only === true };
    const failure = this.whyNotListen(local, bound);
    const listener = new SimListener(this, bound, backlog);
    listener.isBound = failure === null;
    if (listener.isBound) this.listeners.push(listener);
    this.bindingsToCome += 1;
    this.clock.setTimer(0, () => {
      this.bindingsToCome -= 1;
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
    const address = loopbackFor(name) === null ? host?.address : family === 6 ? '::1' : '127.0.0.1';
    const found =
      address === undefined ? [] : [{ address, family: isIpv6(address) ? (6 as const) : (4 as const) }];
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

  /** @internal What a turn or timer of this host touches: itself, and all its connections. */
  footprintAs(chainId: number, atMs: number): Footprint {
    return {
      chainId,
      host: this.name,
      peer: null,
      connection: 0,
      root: '',
      isReset: false,
      atMs: Math.max(atMs, this.network.schedule.nowMs),
      isIndependentInside: false,
      neighbours: this.names?.neighbours ?? NOBODY,
    };
  }

  /** @internal */ groupOfTurn(): Group {
    return groupOf(this.reactor.readyQueue, this.dirty);
  }

  /** @internal Whether every listener here declares that its connections do not touch each other. */
  get hasIndependentConnections(): boolean {
    return declaresIndependence(this.reactor);
  }

  /** @internal Listeners with what waits there, channels, and whether a turn is due, as text. */
  stateText(): string {
    const channels: string[] = [];
    for (let channel = this.reactor.firstChannel; channel !== null; channel = channel.nextChannel) {
      channels.push(channelText(channel));
    }
    if (channels.length > 1) channels.sort();
    let text = `${this.isTurnQueued ? 't' : ''}${this.isDown ? 'd' : ''}${this.isPaused ? 'p' : ''}${this.clock.stateText()}`;
    for (const listener of this.listeners) text += `|${listener.stateText()}`;
    for (const channel of channels) text += `/${channel}`;
    for (const channel of this.reactor.readyQueue) text += `,${channelName(channel)}`;
    return text;
  }

  /**
   * Loses power: programs, connections and timers are gone, files stay. Peers hear nothing: what they send is lost until
   * the host is up again, and then answered with a reset.
   */
  crash(): this {
    if (this.isDown) return this;
    this.isDown = true;
    this.network.notePlan();
    this.network.record(this.name, 'crash');
    this.network.reopenLinksTo(this);
    for (const endpoint of [...this.openEndpoints]) endpoint.forget();
    for (const listener of [...this.listeners]) listener.forget();
    this.reactor.closeAll({ ignoreAll: true });
    this.clock.clear();
    this.bindingsToCome = 0;
    this.isTurnQueued = false;
    return this;
  }

  /** Is up again, with its files, and runs `boot`, which starts its programs anew. */
  restart(boot?: (host: this) => void): this {
    this.isDown = false;
    this.resume();
    this.network.notePlan();
    this.network.record(this.name, 'restart');
    this.network.reopenLinksTo(this);
    boot?.(this);
    return this;
  }

  /** Stops its programs and timers, as a long garbage collection or SIGSTOP does; its kernel goes on. */
  pause(): this {
    this.isPaused = true;
    this.clock.isPaused = true;
    this.network.notePlan();
    this.network.record(this.name, 'pause');
    return this;
  }

  /** Lets its programs go on: what came due in the meantime happens now. */
  resume(): this {
    if (!this.isPaused) return this;
    this.isPaused = false;
    this.clock.isPaused = false;
    this.network.notePlan();
    this.network.record(this.name, 'resume');
    this.clock.reschedule();
    if (this.isTurnQueued) this.network.schedule.placeFirst(this.turn);
    for (const listener of this.listeners) listener.resume();
    for (const endpoint of [...this.openEndpoints]) endpoint.resume();
    return this;
  }

  /** @internal One turn of this host's reactor. */
  runTurn(): void {
    this.isTurnQueued = false;
    const { dirty, viewed } = this;
    for (let index = 0; index < dirty.length; index += 1) {
      dirty[index].coalesce();
      dirty[index].isDirty = false;
    }
    while (dirty.length > 0) dirty.pop();
    const before = this.network.effects;
    const called = this.reactor.runTurn();
    while (viewed.length > 0) viewed.pop()!.settle();
    if (called === 0 || this.network.effects !== before) this.idleTurns = 0;
    else this.noteIdleTurn();
  }

  /** @internal Something has been delivered that this host has not looked at. */
  noteDirty(direction: Direction): void {
    if (direction.isDirty) return;
    direction.isDirty = true;
    this.dirty.push(direction);
  }

  /** @internal Views of this buffer are out until the turn ends. */
  noteViewed(buffer: StreamBuffer): void {
    if (buffer.isViewed) return;
    this.viewed.push(buffer);
    // Outside a turn (a timer, the net façade) only a turn to come settles it.
    if (!this.reactor.isTurning) this.requestTurn();
  }

  /** @internal The listener that a connection to `address`, one of this host's, reaches. */
  listenerAt(address: Address): SimListener | null {
    for (const listener of this.listeners) if (covers(listener.bound, address)) return listener;
    return null;
  }

  /** @internal */
  forget(listener: SimListener): void {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }

  /** Runs `body` as this host's program: what it and its callbacks connect, listen on and wait for is this host's. */
  run<T>(body: () => T): T {
    return this.network.runAs(this, body);
  }

  toString(): string {
    return `host ${this.name}`;
  }

  private pickReady(dueCount: number): number {
    const { network } = this;
    const choice = network.decisions.decide(READY, dueCount);
    if (choice !== 0)
      network.noteFault(READY, this.name, () => `ready channel ${choice + 1} of ${dueCount} is served first`);
    return choice;
  }

  private noteIdleTurn(): void {
    this.idleTurns += 1;
    if (this.idleTurns < IDLE_TURNS_MAX) return;
    throw livelock(this, IDLE_TURNS_MAX);
  }

  private connectPath(remote: UnixAddress): Endpoint {
    if (this.listenerAt(remote) === null) return this.failConnect('ENOENT', { path: remote.path });
    const local = { host: '127.0.0.1', port: 0 };
    return new Connection(this.network, this, this, local, remote as never).client;
  }

  private resolveHost(name: string): Host | null {
    return loopbackFor(name) === null ? this.network.find(unmap(name)) : this;
  }

  /** Names become addresses when they are bound. */
  private bindingAddress(local: Address): Address {
    if (isUnixAddress(local) || local.host === '0.0.0.0' || local.host === '::') return local;
    const loopback = loopbackFor(local.host);
    const owner = this.resolveHost(local.host);
    return { host: loopback ?? owner?.address ?? local.host, port: local.port };
  }

  private whyNotListen(local: Address, bound: Binding): TransportError | null {
    if (isUnixAddress(local)) {
      const isTaken = this.listeners.some((listener) => conflicts(listener.bound, bound));
      return isTaken ? new TransportError('EADDRINUSE', { syscall: 'listen', path: local.path }) : null;
    }
    const target = { syscall: 'listen', address: local.host, port: local.port };
    const owner = this.resolveHost(local.host);
    if (owner === null && !isNumeric(local.host))
      return new TransportError('ENOTFOUND', { syscall: 'getaddrinfo', address: local.host });
    if (owner !== this) return new TransportError('EADDRNOTAVAIL', target);
    const isTaken =
      (bound.address as InternetAddress).port === 0 ||
      this.listeners.some((listener) => conflicts(listener.bound, bound));
    return isTaken ? new TransportError('EADDRINUSE', target) : null;
  }

  /** The code of what forbids a connection to come from `local`, or null. */
  private whyNotBind(local: InternetAddress): string | null {
    if (this.resolveHost(local.host) !== this) return 'EADDRNOTAVAIL';
    if (local.port === 0) return null;
    return this.listenerAt(local) === null ? null : 'EADDRINUSE';
  }

  private failConnect(
    code: string,
    target: { syscall?: string; address?: string; port?: number; path?: string },
  ): Endpoint {
    const endpoint = new FailedEndpoint();
    this.clock.setTimer(0, () => endpoint.fail(new TransportError(code, { syscall: 'connect', ...target })));
    return endpoint;
  }
}

/** No wish where a connection comes from. */
const NOWHERE: NonNullable<ConnectOptions['local']> = {};

const NOBODY: ReadonlySet<string> = new Set();
