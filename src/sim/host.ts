// A simulated machine: an address, a reactor, a clock view, listening ports, files. It is its own transport and driver.

import { type Address, checkAddress, isUnixAddress } from '../core/address.ts';
import { checkFunction } from '../core/arguments.ts';
import type { Channel } from '../core/channel.ts';
import type { TransportError } from '../core/errors.ts';
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
import { checkConnectOptions } from '../core/transport-options.ts';
import { READY } from './decisions/label.ts';
import type { Disk } from './files/disk.ts';
import { openSimFile } from './files/files.ts';
import { type PipeEnds, Storage } from './files/storage.ts';
import type { Volume } from './files/volume.ts';
import { channelName, channelText, declaresIndependence } from './fingerprint.ts';
import { HostFailures } from './host-failures.ts';
import { HostTurn, livelock, pickReady } from './host-turn.ts';
import { covers, isIpv6 } from './names/addresses.ts';
import type { Network } from './network.ts';
import { Resources } from './resources.ts';
import type { Footprint } from './search/footprint.ts';
import { groupOf } from './search/groups.ts';
import { openListener } from './tcp/binding.ts';
import type { Buffers } from './tcp/buffers.ts';
import { ConnectionNames } from './tcp/connection-names.ts';
import { dial, resolveOn } from './tcp/dial.ts';
import type { Direction } from './tcp/direction.ts';
import { EphemeralPorts } from './tcp/ephemeral-ports.ts';
import type { SimListener } from './tcp/listener.ts';
import { OpenEndpoints } from './tcp/open-endpoints.ts';
import { planReading, type ReadLimit } from './tcp/read-pace.ts';
import type { SocketPaths } from './tcp/socket-paths.ts';
import type { StreamBuffer } from './tcp/stream-buffer.ts';
import { HostClock } from './time/clock.ts';
import type { Group } from './time/schedule-queue.ts';

/** Turns in a row without any effect after which a run is called a livelock. */
const IDLE_TURNS_MAX = 1000;

export class Host implements Transport, Driver {
  readonly name: string;
  /** Counts from 0 in the order in which the hosts were made. */
  readonly number: number;
  /** The first of its addresses. */
  readonly address: string;
  /** @internal The others, if it has any. */ readonly moreAddresses: readonly string[] | null;
  /** @internal The buffers of its connections, if they are apart. */ readonly buffers: Buffers | null;
  readonly network: Network;
  readonly clock: HostClock;
  readonly reactor: Reactor;
  /** @internal Endpoints that no program has closed. */ readonly openEndpoints = new OpenEndpoints();
  /** Whether it has crashed, and is not up again. */ isDown = false;
  /** Whether its programs stand still; what arrives is kept and acknowledged all the same. */
  isPaused = false;
  private readonly turn: HostTurn;
  /** @internal */ readonly listeners: SimListener[] = [];
  private readonly viewed: StreamBuffer[] = [];
  /** Directions with deliveries that no turn has looked at: the cost of a turn follows these, not all connections. */
  private readonly dirty: Direction[] = [];
  /** @internal Descriptors of open files. */ openFiles = 0;
  /** @internal What was limited by hand, if anything was. */ limited: Resources | null = null;
  /** @internal What may befall it by decision, if anything. */ failures: HostFailures | null = null;
  /** @internal How much its programs receive, if that is limited. */ readLimit: ReadLimit | null = null;
  /** @internal Paths that its listeners have bound, if any. */ paths: SocketPaths | null = null;
  private madeStorage: Storage | null = null;
  /** @internal How its connections are named, if they are. */ readonly names: ConnectionNames | null;
  /** @internal */ bindingsToCome = 0;
  private isTurnQueued = false;
  private idleTurns = 0;
  /** As the last turn left them: a turn that something has led to is not idle. */
  private effectsSeen = -1;
  /** @internal */ readonly ports = new EphemeralPorts(this);

  constructor(
    network: Network,
    name: string,
    addresses: readonly [string, ...string[]],
    options: Pick<ReactorOptions, 'onUncaught' | 'log' | 'order'>,
    buffers: Buffers | null = null,
  ) {
    this.network = network;
    this.name = name;
    this.number = network.hostCount;
    this.address = addresses[0];
    this.moreAddresses = addresses.length === 1 ? null : addresses.slice(1);
    this.buffers = buffers;
    this.clock = new HostClock(network.schedule);
    this.clock.owner = this;
    this.turn = new HostTurn(this);
    this.names = network.made === null ? null : new ConnectionNames();
    const mayReorder = (network.mask & (1 << READY.index)) !== 0;
    const decided = mayReorder
      ? (_dueCount: number, due: readonly Channel[]): number => pickReady(this, due)
      : 'per-channel';
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

  /** @internal Made when first needed. */ get storage(): Storage {
    this.madeStorage ??= new Storage(this);
    return this.madeStorage;
  }

  /** @internal The host's files, if anybody has asked for them. */ get files(): Volume | null {
    return this.madeStorage === null ? null : this.madeStorage.volume;
  }

  /** The host's files, in memory. They outlive a crash. */
  get volume(): Volume {
    return this.storage.volume;
  }

  /** How the files behave: how full, how slow, what fails. */
  get disk(): Disk {
    return this.storage.disk;
  }

  /** A pipe between programs of this host, as pipe(2): two open endpoints. */
  pipe(): PipeEnds {
    return this.storage.pipe();
  }

  /** Makes a FIFO, as mkfifo(3), that `openFile` opens by its path. Throws ArgumentError if there is something already. */
  makeFifo(path: string): void {
    this.storage.makeFifo(path);
  }

  /** What its kernel can run out of, for fault plans. */
  get resources(): Resources {
    this.limited ??= new Resources(this);
    return this.limited;
  }

  /** All its addresses, the first one first. */
  get addresses(): readonly string[] {
    return [this.address, ...(this.moreAddresses ?? [])];
  }

  /** Addresses on which this host listens. */
  get listening(): Address[] {
    return this.listeners.map((listener) => listener.address);
  }

  connect(remote: Address, options: ConnectOptions = {}): Endpoint {
    checkAddress('remote', remote);
    checkConnectOptions(options);
    return dial(this, remote, options);
  }

  listen(local: Address, options: ListenOptions = {}): Listener {
    checkAddress('local', local);
    return openListener(this, local, options);
  }

  openFile(file: string | number, options: OpenFileOptions = {}): Endpoint {
    return openSimFile(this, file, options);
  }

  resolve(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void {
    resolveOn(this, { name, family }, callback);
  }

  /** @internal The address from which it sends to `remote`: the first of the same family; null if it has none. */
  sourceFor(remote: string): string | null {
    const isSix = isIpv6(remote);
    if (isIpv6(this.address) === isSix) return this.address;
    return this.moreAddresses?.find((address) => isIpv6(address) === isSix) ?? null;
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
      // What a crash does commutes with nothing.
      host: this.failures === null ? this.name : '',
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

  /** @internal Whether every listener here declares its connections independent. */
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
    if (this.limited !== null) text += this.limited.stateText();
    if (this.readLimit !== null) text += `r${this.readLimit.bytes}/${this.readLimit.everyMs}`;
    if (this.paths !== null) text += this.paths.stateText();
    if (this.failures !== null) text += this.failures.stateText();
    if (this.madeStorage !== null) text += `|${this.madeStorage.stateText()}`;
    for (const channel of channels) text += `/${channel}`;
    const ready = this.reactor.readyQueue.map(channelName);
    if (this.network.schedule.ignoresTies && this.hasIndependentConnections) ready.sort();
    for (const name of ready) text += `,${name}`;
    return text;
  }

  /**
   * Loses power: programs, connections and timers are gone, files stay. Peers get what had left, and then nothing: what
   * they send is lost until the host is up again, and then answered with a reset.
   */
  crash(): this {
    if (this.isDown) return this;
    this.isDown = true;
    this.network.noteCrash(this);
    for (const endpoint of [...this.openEndpoints]) endpoint.forget();
    this.madeStorage?.crash();
    for (const listener of [...this.listeners]) listener.forget();
    this.reactor.closeAll({ ignoreAll: true });
    this.clock.clear();
    this.bindingsToCome = 0;
    this.isTurnQueued = false;
    return this;
  }

  /** Is up again, with its files, and runs `boot`, which starts its programs anew. */
  restart(boot?: (host: this) => void): this {
    if (boot !== undefined) checkFunction('boot', boot);
    this.isDown = false;
    this.resume();
    this.network.noteRestart(this);
    if (boot !== undefined) this.network.boot(this, () => boot(this));
    return this;
  }

  /**
   * Starts its programs by `boot`, and lets it crash after any of its turns from now on, twice a run at most, if the family `crash`
   * may deviate. After a second or a minute it is up again, and `boot` starts them anew.
   */
  mayCrash(boot: (host: Host) => void): this {
    this.failures ??= new HostFailures(this);
    this.failures.start(boot);
    return this;
  }

  /** Lets its programs stand still after any turn, for a second or a minute, twice a run at most, if `pause` may deviate. */
  mayPause(): this {
    this.failures ??= new HostFailures(this);
    this.failures.mayPause = true;
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

  /**
   * A slow reader: whatever its programs ask for, on each connection they receive no more than this. With `bytes: 0` nothing, not
   * even the end of stream, until another limit is set. Null: no limit. Holds for connections that are open, and to come.
   */
  limitReading(limit: ReadLimit | null): this {
    this.readLimit = planReading(this.network, this.name, limit);
    for (const endpoint of [...this.openEndpoints]) endpoint.limitReading(this.readLimit);
    return this;
  }

  /** @internal One turn of this host's reactor. */
  runTurn(): void {
    this.isTurnQueued = false;
    const { dirty, viewed } = this;
    for (let index = 0; index < dirty.length; index += 1) {
      const direction = dirty[index];
      if (direction.isDirty) direction.coalesce(false);
      direction.isDirty = false;
    }
    while (dirty.length > 0) dirty.pop();
    const called = this.reactor.runTurn();
    while (viewed.length > 0) viewed.pop()!.settle();
    const { effects } = this.network;
    if (called === 0 || effects !== this.effectsSeen) this.idleTurns = 0;
    else this.noteIdleTurn();
    this.effectsSeen = effects;
    this.failures?.afterTurn();
  }

  /** @internal Something has been delivered that this host has not looked at. */
  noteDirty(direction: Direction): void {
    if (direction.isDirty) return;
    direction.isDirty = true;
    this.dirty.push(direction);
  }

  /** @internal Somebody receives outside of a turn. The net façade's programs have none: they look now. */
  lookAt(direction: Direction): void {
    if (this.reactor.firstChannel !== null) return;
    direction.isDirty = false;
    direction.coalesce(true);
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
    if (isUnixAddress(address)) {
      const found = this.paths?.find(address.path);
      return typeof found === 'object' ? found : null;
    }
    for (const listener of this.listeners) if (covers(listener.bound, address)) return listener;
    return null;
  }

  /** @internal */ forget(listener: SimListener): void {
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

  private noteIdleTurn(): void {
    this.idleTurns += 1;
    if (this.idleTurns < IDLE_TURNS_MAX) return;
    throw livelock(this, IDLE_TURNS_MAX);
  }
}

const NOBODY: ReadonlySet<string> = new Set();
