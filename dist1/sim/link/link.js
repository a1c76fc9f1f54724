// One direction between two hosts: what every connection's segments that way go through, and what may befall them there.
import { checkFunction, checkInteger, checkOptions, checkWholeMs } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { IdleBreaks } from '../tcp/idle-breaks.js';
import { SEGMENT_BYTES_MAX } from '../tcp/segment.js';
import { checkLatency } from './latency.js';
import { LinkCuts } from './link-cuts.js';
import { checkLoss, LOSS_PATTERNS, LossPlan } from './loss-plan.js';
import { SharedBandwidth } from './shared-bandwidth.js';
export class Link {
  constructor(network, from, target, latencyMs) {
    /** @internal Whether an arriving segment may pass at once; otherwise the link says what becomes of it. */
    this.isOpen = true;
    /** @internal Whether only latency decides when a segment arrives. */
    this.isPlain = true;
    /** @internal Connection attempts that are still to be refused. */
    this.refusals = 0;
    /** @internal What a router says of what is lost here, if anything. */
    this.rejection = null;
    /** @internal Bytes that may pass until somebody is told. */
    this.bytesToWatch = Number.POSITIVE_INFINITY;
    this.jitterMs = 0;
    this.shared = null;
    /** @internal It delivers at multiples of this time only; 0: at any time. */
    this.burstMs = 0;
    this.loss = null;
    this.cuts = null;
    /** @internal Whether connections made this way may break while they are idle. */
    this.losesIdle = false;
    this.isPartitioned = false;
    this.isHeld = false;
    this.wasSilent = false;
    this.losses = 0;
    this.parked = [];
    this.byteWatches = [];
    this.bytesPassed = 0;
    this.connectWatches = null;
    this.connects = 0;
    this.network = network;
    this.from = from;
    this.to = target.name;
    this.target = target;
    this.latencyMs = latencyMs;
    this.isOpen = !target.isDown;
  }
  /** Delays every segment sent from now on by a whole number of milliseconds; the draw is a decision, 0 is the least. */
  latency(options) {
    const { min, jitterMs } = checkLatency(options, `${this}`);
    this.latencyMs = min;
    this.jitterMs = jitterMs;
    return this.reshape('latency', `${min} to ${min + jitterMs} ms`);
  }
  /** Lets so many bytes a second pass, from now on, shared fairly by its connections. Infinity: any number. */
  bandwidth(options) {
    checkOptions(`the bandwidth of ${this}`, options);
    const { bytesPerSecond } = options;
    if (bytesPerSecond !== Number.POSITIVE_INFINITY) checkInteger('bytesPerSecond', bytesPerSecond, 1);
    const freeAtMs = this.shared?.idleAtMs ?? 0;
    this.shared =
      bytesPerSecond === Number.POSITIVE_INFINITY
        ? null
        : new SharedBandwidth(this.network.schedule, { bytesPerSecond, freeAtMs }, (piece) =>
            piece.direction?.retime(piece.segment, this.arrivalOf(piece)),
          );
    return this.reshape('bandwidth', `${bytesPerSecond} bytes a second`);
  }
  /**
   * Delivers in bursts: what is sent from now on waits for the next multiple of `everyMs` (in virtual time), and what a connection has
   * sent until then its receiver finds all at once. 0: at any time.
   */
  burst(options) {
    checkOptions(`the burst of ${this}`, options);
    this.burstMs = checkWholeMs('everyMs', options.everyMs);
    return this.reshape('burst', `every ${this.burstMs} ms`);
  }
  /** Lets nothing pass, also not what is in flight. Senders send again, ever more rarely, until repair or ETIMEDOUT. */
  partition() {
    this.isPartitioned = true;
    return this.reopen('partition');
  }
  /**
   * Lets nothing pass, and a router says so to whoever connects: EHOSTUNREACH or ENETUNREACH. An open connection sends again
   * as in a partition, and reports that code when it gives up (RFC 1122 section 4.2.3.9, tcp(7) on soft errors).
   */
  unreachable(code = 'EHOSTUNREACH') {
    if (code !== 'EHOSTUNREACH' && code !== 'ENETUNREACH')
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `code must be EHOSTUNREACH or ENETUNREACH, got ${String(code)}: ${this}`,
      );
    this.rejection = code;
    this.isPartitioned = true;
    return this.reopen('unreachable', code);
  }
  /** Lets everything pass again. What was lost arrives when its sender sends it again. */
  repair() {
    this.isPartitioned = false;
    this.rejection = null;
    return this.reopen('repair');
  }
  /**
   * Lets it be cut whenever a segment arrives, this way for a second or half a minute or both ways for half a minute, twice a run
   * at most, if the family `partition` may deviate.
   */
  mayPartition() {
    const back = this.network.linkBetween(this.target, this.network.existing(this.from));
    this.cuts ??= new LinkCuts(this.network, this, back);
    this.network.mayPartition = true;
    // What a cut does is not told by footprints.
    this.network.notePlan();
    return this.reopen();
  }
  /**
   * Lets connections made this way from now on break while nobody sends, by a reset or by a close for both ends, two in a run at
   * most, if the family `idle` may deviate.
   */
  mayBreakIdle() {
    this.losesIdle = true;
    this.network.idleBreaks ??= new IdleBreaks(this.network);
    return this;
  }
  /** Keeps what arrives from now on, also what is in flight, until `release`. Nothing is lost, and nobody gives up. */
  hold() {
    this.isHeld = true;
    return this.reopen('hold');
  }
  /** Delivers at once, in order, what was held, and holds no more. */
  release() {
    this.isHeld = false;
    this.reopen('release');
    for (const direction of this.parked.splice(0)) direction.resume();
    return this;
  }
  /** Loses the next `count` segments: each arrives late, and what follows on its connection waits for it. */
  loseNext(count) {
    this.losses += checkInteger('count', count, 0);
    return this.reopen('lose', `the next ${count}`);
  }
  /**
   * Loses some of the segments that arrive from now on, also those that are sent again: `{ every: 7 }` each seventh, `{ rate: 0.05 }` by
   * chance, by one of 16 patterns of which a schedule draws one. Null: none.
   */
  lose(options) {
    if (options !== null) checkLoss(options);
    const pattern = options?.rate === undefined ? 0 : this.network.choose(`losses ${this}`, LOSS_PATTERNS);
    this.loss = options === null ? null : new LossPlan(options, pattern, `${this}`);
    const { rate, every } = options ?? {};
    return this.reopen('lose', every === undefined ? `a share of ${rate ?? 0}` : `each ${every}.`);
  }
  /** Refuses the next `count` connection attempts that arrive. */
  refuseNext(count) {
    this.refusals += checkInteger('count', count, 0);
    this.network.notePlan();
    return this;
  }
  /** Resets the connection that carries the `bytes`-th byte delivered from now on, right behind that byte. */
  cutAfter(options) {
    checkOptions(`the cut of ${this}`, options);
    return this.afterBytes(options.bytes, (connection) => connection.reset());
  }
  /** Calls `action` once, right after so many more bytes have been delivered, with the connection that carried the last. */
  afterBytes(bytes, action) {
    checkInteger('bytes', bytes, 1);
    checkFunction('action', action);
    this.byteWatches.push({ at: this.bytesPassed + bytes, action });
    this.byteWatches.sort((a, b) => a.at - b.at);
    this.bytesToWatch = this.byteWatches[0].at - this.bytesPassed;
    this.network.notePlan();
    return this;
  }
  /** Calls `action` with the `index`-th connection made over this link from now on, counted from 0, as it is made. */
  onConnection(index, action) {
    checkInteger('index', index, 0);
    checkFunction('action', action);
    this.connectWatches ??= new Map();
    this.connectWatches.set(this.connects + index, action);
    this.network.notePlan();
    return this;
  }
  /** Calls `action` with this link at a time of the run, in virtual milliseconds. */
  at(atMs, action) {
    checkFunction('action', action);
    this.network.at(atMs, () => action(this));
    return this;
  }
  /** @internal Takes a segment of bytes on its way, if the link has a bandwidth. */
  enqueue(sharer, sizeBytes) {
    return this.shared === null ? null : this.shared.enqueue(sharer, sizeBytes);
  }
  /** @internal When a segment sent now arrives. */
  arrivalMs(piece) {
    const jitterMs = this.jitterMs === 0 ? 0 : this.network.choose(`latency ${this}`, this.jitterMs + 1);
    const travelMs = this.latencyMs + jitterMs;
    if (piece === null) return this.inBursts(this.network.schedule.nowMs + travelMs);
    piece.travelMs = travelMs;
    return this.arrivalOf(piece);
  }
  /** @internal How many bytes one segment carries at most. */
  get segmentBytesMax() {
    return this.shared === null ? Number.POSITIVE_INFINITY : SEGMENT_BYTES_MAX;
  }
  /** @internal A segment has arrived at a link that is not open: `pass`, `lost`, or `held`, and then kept here. */
  judge(direction) {
    if (this.isHeld) {
      this.parked.push(direction);
      return 'held';
    }
    if (this.isSilent || this.cuts?.strikes() === true) return 'lost';
    if (this.loss?.strikes() === true) return 'lost';
    if (this.losses === 0) return 'pass';
    this.losses -= 1;
    this.reopen();
    return 'lost';
  }
  /** @internal Whether it can be cut by decision. */
  get mayBeCut() {
    return this.cuts !== null;
  }
  /** @internal Whether everything is lost here at the moment. */
  get isSilent() {
    return this.isPartitioned || this.target.isDown;
  }
  /** @internal Bytes have been delivered, no more than `bytesToWatch`. */
  notePassed(sizeBytes, connection) {
    this.bytesPassed += sizeBytes;
    while (this.byteWatches.length > 0 && this.byteWatches[0].at <= this.bytesPassed)
      this.byteWatches.shift().action(connection);
    const [next] = this.byteWatches;
    this.bytesToWatch = next === undefined ? Number.POSITIVE_INFINITY : next.at - this.bytesPassed;
  }
  /** @internal A connection is being made over this link. */
  noteConnect(connection) {
    const index = this.connects;
    this.connects += 1;
    if (this.losesIdle) this.network.idleBreaks.watch(connection);
    if (this.connectWatches === null) return;
    this.connectWatches.get(index)?.(connection);
  }
  /** @internal Its state as text, for merging equal states; empty for a link that nobody has touched. */
  stateText() {
    const { byteWatches, bytesPassed, connectWatches, connects } = this;
    let text = '';
    if (!this.isPlain)
      text += `${this.jitterMs},${this.burstMs === 0 ? '' : `${this.burstMs}-${this.network.schedule.nowMs % this.burstMs}`},${this.shared?.stateText() ?? ''}`;
    if (this.loss !== null) text += this.loss.stateText();
    if (this.cuts !== null) text += this.cuts.stateText();
    if (this.isPartitioned) text += `p${this.rejection ?? ''}`;
    if (this.isHeld) text += `h${this.parked.map((direction) => direction.name).join()}`;
    if (this.losses > 0) text += `l${this.losses}`;
    if (this.refusals > 0) text += `r${this.refusals}`;
    for (const { at } of byteWatches) text += `b${at - bytesPassed}`;
    if (connectWatches !== null)
      for (const index of connectWatches.keys()) if (index >= connects) text += `c${index - connects}`;
    if (this.latencyMs !== this.network.latencyMs && this.from !== this.to) text += `d${this.latencyMs}`;
    return text === '' ? '' : `${this.from}>${this.to} ${text}`;
  }
  /** @internal What decides whether segments pass has changed. */
  reopen(kind = '', detail = '') {
    this.isOpen =
      !this.isHeld && !this.isSilent && this.losses === 0 && this.loss === null && this.cuts === null;
    if (kind !== '') this.notePlan(kind, detail);
    if (this.wasSilent !== this.isSilent) {
      this.wasSilent = this.isSilent;
      this.network.noteSilence();
    }
    return this;
  }
  toString() {
    return `link ${this.from} → ${this.to}`;
  }
  arrivalOf(piece) {
    return this.inBursts(Math.ceil(piece.endMs) + piece.travelMs);
  }
  inBursts(atMs) {
    return this.burstMs === 0 ? atMs : Math.ceil(atMs / this.burstMs) * this.burstMs;
  }
  reshape(kind, detail) {
    this.isPlain = this.jitterMs === 0 && this.shared === null && this.burstMs === 0;
    this.notePlan(kind, detail);
    return this;
  }
  notePlan(kind, detail) {
    this.network.notePlan();
    this.network.record(`${this}`, kind, detail);
  }
}
