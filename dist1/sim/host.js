// A simulated machine: an address, a reactor, a clock view, listening ports, files. It is its own transport and driver.
import { checkAddress, isUnixAddress } from '../core/address.js';
import { checkFunction } from '../core/arguments.js';
import { Reactor } from '../core/reactor.js';
import { READY } from './decisions/label.js';
import { openSimFile } from './files/files.js';
import { Storage } from './files/storage.js';
import { channelName, channelText, declaresIndependence } from './fingerprint.js';
import { HostFailures } from './host-failures.js';
import { HostTurn, livelock, pickReady } from './host-turn.js';
import { covers, isIpv6 } from './names/addresses.js';
import { Resources } from './resources.js';
import { groupOf } from './search/groups.js';
import { openListener } from './tcp/binding.js';
import { ConnectionNames } from './tcp/connection-names.js';
import { checkConnectOptions, dial, resolveOn } from './tcp/dial.js';
import { EphemeralPorts } from './tcp/ephemeral-ports.js';
import { OpenEndpoints } from './tcp/open-endpoints.js';
import { planReading } from './tcp/read-pace.js';
import { HostClock } from './time/clock.js';

/** Turns in a row without any effect after which a run is called a livelock. */
const IDLE_TURNS_MAX = 1000;
export class Host {
  constructor(network, name, addresses, options, buffers = null) {
    /** @internal Endpoints that no program has closed. */ this.openEndpoints = new OpenEndpoints();
    /** Whether it has crashed, and is not up again. */ this.isDown = false;
    /** Whether its programs stand still; what arrives is kept and acknowledged all the same. */
    this.isPaused = false;
    /** @internal */ this.listeners = [];
    this.viewed = [];
    /** Directions with deliveries that no turn has looked at: the cost of a turn follows these, not all connections. */
    this.dirty = [];
    /** @internal Descriptors of open files. */ this.openFiles = 0;
    /** @internal What was limited by hand, if anything was. */ this.limited = null;
    /** @internal What may befall it by decision, if anything. */ this.failures = null;
    /** @internal How much its programs receive, if that is limited. */ this.readLimit = null;
    /** @internal Paths that its listeners have bound, if any. */ this.paths = null;
    this.madeStorage = null;
    /** @internal */ this.bindingsToCome = 0;
    this.isTurnQueued = false;
    this.idleTurns = 0;
    /** As the last turn left them: a turn that something has led to is not idle. */
    this.effectsSeen = -1;
    /** @internal */ this.ports = new EphemeralPorts(this);
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
    const decided = mayReorder ? (_dueCount, due) => pickReady(this, due) : 'per-channel';
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
  get transport() {
    return this;
  }
  /** @internal Made when first needed. */ get storage() {
    this.madeStorage ??= new Storage(this);
    return this.madeStorage;
  }
  /** @internal The host's files, if anybody has asked for them. */ get files() {
    return this.madeStorage === null ? null : this.madeStorage.volume;
  }
  /** The host's files, in memory. They outlive a crash. */
  get volume() {
    return this.storage.volume;
  }
  /** How the files behave: how full, how slow, what fails. */
  get disk() {
    return this.storage.disk;
  }
  /** A pipe between programs of this host, as pipe(2): two open endpoints. */
  pipe() {
    return this.storage.pipe();
  }
  /** Makes a FIFO, as mkfifo(3), that `openFile` opens by its path. Throws ArgumentError if there is something already. */
  makeFifo(path) {
    this.storage.makeFifo(path);
  }
  /** What its kernel can run out of, for fault plans. */
  get resources() {
    this.limited ??= new Resources(this);
    return this.limited;
  }
  /** All its addresses, the first one first. */
  get addresses() {
    return [this.address, ...(this.moreAddresses ?? [])];
  }
  /** Addresses on which this host listens. */
  get listening() {
    return this.listeners.map((listener) => listener.address);
  }
  connect(remote, options = {}) {
    checkAddress('remote', remote);
    checkConnectOptions(options);
    return dial(this, remote, options);
  }
  listen(local, options = {}) {
    checkAddress('local', local);
    return openListener(this, local, options);
  }
  openFile(file, options = {}) {
    return openSimFile(this, file, options);
  }
  resolve(name, family, callback) {
    resolveOn(this, { name, family }, callback);
  }
  /** @internal The address from which it sends to `remote`: the first of the same family; null if it has none. */
  sourceFor(remote) {
    const isSix = isIpv6(remote);
    if (isIpv6(this.address) === isSix) return this.address;
    return this.moreAddresses?.find((address) => isIpv6(address) === isSix) ?? null;
  }
  /** @internal Driver: this host's program is due for a turn. */
  requestTurn() {
    if (this.isTurnQueued) return;
    this.isTurnQueued = true;
    this.network.schedule.placeFirst(this.turn);
  }
  /** @internal What a turn or timer of this host touches: itself, and all its connections. */
  footprintAs(chainId, atMs) {
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
  /** @internal */ groupOfTurn() {
    return groupOf(this.reactor.readyQueue, this.dirty);
  }
  /** @internal Whether every listener here declares its connections independent. */
  get hasIndependentConnections() {
    return declaresIndependence(this.reactor);
  }
  /** @internal Listeners with what waits there, channels, and whether a turn is due, as text. */
  stateText() {
    const channels = [];
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
  crash() {
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
  restart(boot) {
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
  mayCrash(boot) {
    this.failures ??= new HostFailures(this);
    this.failures.start(boot);
    return this;
  }
  /** Lets its programs stand still after any turn, for a second or a minute, twice a run at most, if `pause` may deviate. */
  mayPause() {
    this.failures ??= new HostFailures(this);
    this.failures.mayPause = true;
    return this;
  }
  /** Stops its programs and timers, as a long garbage collection or SIGSTOP does; its kernel goes on. */
  pause() {
    this.isPaused = true;
    this.clock.isPaused = true;
    this.network.notePlan();
    this.network.record(this.name, 'pause');
    return this;
  }
  /** Lets its programs go on: what came due in the meantime happens now. */
  resume() {
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
  limitReading(limit) {
    this.readLimit = planReading(this.network, this.name, limit);
    for (const endpoint of [...this.openEndpoints]) endpoint.limitReading(this.readLimit);
    return this;
  }
  /** @internal One turn of this host's reactor. */
  runTurn() {
    this.isTurnQueued = false;
    const { dirty, viewed } = this;
    for (let index = 0; index < dirty.length; index += 1) {
      const direction = dirty[index];
      if (direction.isDirty) direction.coalesce(false);
      direction.isDirty = false;
    }
    while (dirty.length > 0) dirty.pop();
    const called = this.reactor.runTurn();
    while (viewed.length > 0) viewed.pop().settle();
    const { effects } = this.network;
    if (called === 0 || effects !== this.effectsSeen) this.idleTurns = 0;
    else this.noteIdleTurn();
    this.effectsSeen = effects;
    this.failures?.afterTurn();
  }
  /** @internal Something has been delivered that this host has not looked at. */
  noteDirty(direction) {
    if (direction.isDirty) return;
    direction.isDirty = true;
    this.dirty.push(direction);
  }
  /** @internal Somebody receives outside of a turn. The net façade's programs have none: they look now. */
  lookAt(direction) {
    if (this.reactor.firstChannel !== null) return;
    direction.isDirty = false;
    direction.coalesce(true);
  }
  /** @internal Views of this buffer are out until the turn ends. */
  noteViewed(buffer) {
    if (buffer.isViewed) return;
    this.viewed.push(buffer);
    // Outside a turn (a timer, the net façade) only a turn to come settles it.
    if (!this.reactor.isTurning) this.requestTurn();
  }
  /** @internal The listener that a connection to `address`, one of this host's, reaches. */
  listenerAt(address) {
    if (isUnixAddress(address)) {
      const found = this.paths?.find(address.path);
      return typeof found === 'object' ? found : null;
    }
    for (const listener of this.listeners) if (covers(listener.bound, address)) return listener;
    return null;
  }
  /** @internal */ forget(listener) {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }
  /** Runs `body` as this host's program: what it and its callbacks connect, listen on and wait for is this host's. */
  run(body) {
    return this.network.runAs(this, body);
  }
  toString() {
    return `host ${this.name}`;
  }
  noteIdleTurn() {
    this.idleTurns += 1;
    if (this.idleTurns < IDLE_TURNS_MAX) return;
    throw livelock(this, IDLE_TURNS_MAX);
  }
}
const NOBODY = new Set();
