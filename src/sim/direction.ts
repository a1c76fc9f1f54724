// One direction of a connection: segments in order, and what may befall each when it arrives.
import { arrive } from './arrival.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
import { CLOSE, COALESCE, END, type Label, REFUSE, RESET, SPLIT, STALL, STALL_MS } from './label.ts';
import type { Link } from './link.ts';
import { retransmissionMs, retriesMax } from './retransmission.ts';
import { Event } from './schedule-queue.ts';
import type { Footprint } from './search/footprint.ts';
import type { Group } from './search/separate.ts';
import type { Segment, SegmentKind } from './segment.ts';
import { StreamBuffer } from './stream-buffer.ts';
import { showBytes } from './trace.ts';

const FAULTS = (1 << RESET.index) | (1 << CLOSE.index) | (1 << STALL.index) | (1 << REFUSE.index);
const MAY_SPLIT = 1 << SPLIT.index;
const NOBODY: ReadonlySet<string> = new Set();

export class Direction extends Event {
  readonly connection: Connection;
  readonly sender: SimEndpoint;
  readonly receiver: SimEndpoint;
  readonly link: Link;
  readonly buffer: StreamBuffer;
  /** Whether the sender waits for the receiver to read. */
  isBlocked = false;
  /** Whether the receiver's host has not yet looked at what was delivered last. */
  isDirty = false;
  private isUnacknowledged = false;
  /** What is in flight, in order. Linked: nearly always there is one, and an array costs more than it. */
  private first: Segment | null = null;
  private last: Segment | null = null;
  private lastAtMs = 0;

  constructor(connection: Connection, sender: SimEndpoint, receiver: SimEndpoint, link: Link) {
    super(connection.network.schedule.nextChainId());
    this.connection = connection;
    this.sender = sender;
    this.receiver = receiver;
    this.link = link;
    this.buffer = new StreamBuffer(connection.network.arena);
  }

  /** Bytes that the receiver could receive now. */
  get unread(): number {
    return this.buffer.delivered - this.buffer.read;
  }

  get isIdle(): boolean {
    return this.first === null;
  }

  /** Whether bytes have not arrived, or not been acknowledged. */
  get isUnanswered(): boolean {
    return this.isUnacknowledged || this.buffer.written > this.buffer.delivered;
  }

  /** When the last segment sent arrives, or has arrived. */
  get lastArrivalMs(): number {
    return this.lastAtMs;
  }

  /** Whether the last segment of the handshake is still in flight. */
  get isAckToCome(): boolean {
    return this.first !== null && this.first.kind === 'ack';
  }

  /** Sends a segment: it arrives after the link's latency, and after everything sent before. */
  send(kind: SegmentKind, end = 0, code = ''): void {
    const { link } = this;
    if (link.isPlain) this.push(kind, end, code, this.connection.network.schedule.nowMs + link.latencyMs);
    else this.sendShaped(kind, end, code);
  }

  /** What is in flight is gone. Returns how many bytes that was. */
  drop(): number {
    this.first = null;
    this.last = null;
    this.connection.network.schedule.withdraw(this);
    return this.buffer.dropInFlight();
  }

  /** What is in flight is gone, but for a reset: nothing overtakes or removes that. */
  dropButReset(): void {
    let next = this.first;
    this.drop();
    while (next !== null) {
      const segment = next;
      next = segment.next;
      if (segment.kind === 'rst') this.append(segment);
    }
    if (this.first !== null) this.placeNext();
  }

  override fire(): void {
    const segment = this.first!;
    if (!this.link.isOpen && this.isObstructed(segment)) return;
    if ((segment.kind === 'syn' || segment.kind === 'ack') && this.connection.isBacklogFull) {
      this.lose(segment);
      return;
    }
    if ((this.connection.network.mask & FAULTS) !== 0 && this.interfere(segment)) return;
    this.deliver(segment);
    this.placeNext();
  }

  override isSpokenFor(): boolean {
    if (!this.isDirty) return false;
    const { kind } = this.first!;
    return kind === 'data' || kind === 'fin';
  }

  /** Delivers what follows in flight at once, as far as decided: the receiver sees it together with what it has. */
  coalesce(): void {
    const { network } = this.connection;
    const horizonMs = network.schedule.nowMs + network.schedule.orderWindowMs;
    for (let segment = this.first; segment !== null; segment = this.first) {
      const label = segment.kind === 'data' ? COALESCE : segment.kind === 'fin' ? END : null;
      if (label === null || segment.atMs > horizonMs || (network.mask & (1 << label.index)) === 0) return;
      if (network.decisions.decide(label, 2, null, this) === 0) return;
      this.note(label, () =>
        label === END
          ? 'the end of stream arrives together with the bytes before it'
          : 'the next segment arrives before the last was looked at',
      );
      this.deliver(segment);
      this.placeNext();
    }
  }

  override footprint(): Footprint {
    const { connection, receiver, sender } = this;
    return {
      chainId: this.chainId,
      host: receiver.hostName,
      peer: sender.hostName,
      connection: connection.number,
      root: connection.root,
      isReset: this.first!.kind === 'rst' || this.first!.kind === 'refusal',
      atMs: Math.max(this.atMs, connection.network.schedule.nowMs),
      isIndependentInside: receiver.hasIndependentConnections,
      neighbours: NOBODY,
    };
  }

  override get group(): Group {
    return this.connection.group;
  }

  override describe(): string {
    return `${this.first!.kind} ${this}`;
  }

  override get name(): string {
    return `${this.connection.name}${this.sender === this.connection.client ? 'c' : 's'}`;
  }

  /** @internal Its state as text, for merging equal states: times count from now, positions from what was read. */
  stateText(): string {
    const { buffer, connection } = this;
    const { nowMs } = connection.network.schedule;
    const busyMs = Math.max(0, this.lastAtMs - nowMs);
    let text = `${this.isBlocked ? 'b' : ''}${this.isDirty ? 'd' : ''}${this.isUnacknowledged ? 'u' : ''}${busyMs},${this.unread}[`;
    for (let segment = this.first; segment !== null; segment = segment.next) {
      text += `${segment.kind}${segment.kind === 'data' ? segment.end - buffer.read : segment.code}${segment.hasStalled ? 's' : ''}${segment.lost > 0 ? `l${segment.lost}` : ''}+${Math.max(0, segment.atMs - nowMs)} `;
    }
    return `${text}]${buffer.contentText()}`;
  }

  override toString(): string {
    return `${this.sender.hostName} → ${this.receiver.hostName} (${this.connection})`;
  }

  /** What the link held goes on. */
  resume(): void {
    this.placeNext();
  }

  private placeNext(): void {
    const { schedule } = this.connection.network;
    const { first } = this;
    if (first === null) schedule.withdraw(this);
    else schedule.place(this, Math.max(first.atMs, schedule.nowMs), first.sequence);
  }

  private append(segment: Segment): void {
    segment.next = null;
    if (this.last === null) this.first = segment;
    else this.last.next = segment;
    this.last = segment;
  }

  /** Takes the first segment out. */
  private shift(): void {
    const { next } = this.first!;
    this.first = next;
    if (next === null) this.last = null;
  }

  private deliver(segment: Segment): void {
    const { network } = this.connection;
    if (segment.kind === 'data') this.deliverData(segment);
    else {
      this.shift();
      if (network.trace !== null) network.record(`${this}`, segment.kind, segment.code);
      arrive(this, segment);
    }
  }

  private deliverData(segment: Segment): void {
    const { buffer, connection } = this;
    const { network } = connection;
    if (this.receiver.refusesData) {
      if (network.trace !== null) network.record(`${this}`, 'data', 'to nobody');
      this.receiver.refuseData();
      return;
    }
    let size = Math.min(segment.end - buffer.delivered, this.link.bytesToWatch, connection.bytesLeft);
    if (size > 1 && (network.mask & MAY_SPLIT) !== 0) {
      const later = network.decisions.decide(SPLIT, size, null, this);
      if (later !== 0) this.noteSplit(size, later);
      size -= later;
    }
    buffer.delivered += size;
    if (buffer.delivered === segment.end) this.shift();
    if (network.trace !== null) network.record(`${this}`, 'data', showBytes(buffer.peek(size)));
    this.receiver.onData();
    if (this.link.bytesToWatch !== Number.POSITIVE_INFINITY) this.link.notePassed(size, this.connection);
    connection.bytesLeft -= size;
    if (connection.bytesLeft === 0) connection.reset();
    if (this.receiver.out.link.isSilent) this.awaitAcknowledgement(1);
  }

  private noteSplit(size: number, later: number): void {
    const from = this.buffer.delivered + 1;
    const split = (): string =>
      `a segment of ${size} bytes is split: bytes ${from}–${from + size - later - 1} arrive, ${later} later`;
    this.note(SPLIT, split);
  }

  private push(kind: SegmentKind, end: number, code: string, arrivalMs: number): void {
    const { schedule } = this.connection.network;
    const atMs = Math.max(this.lastAtMs, arrivalMs);
    this.lastAtMs = atMs;
    const sequence = schedule.nextSequence();
    const segment: Segment = { kind, end, atMs, sequence, hasStalled: false, lost: 0, code, next: null };
    this.append(segment);
    if (this.first === segment) schedule.place(this, atMs, segment.sequence);
  }

  /** Over a link that draws delays or has a bandwidth: data goes in pieces of the size of a segment there. */
  private sendShaped(kind: SegmentKind, end: number, code: string): void {
    const { link, buffer } = this;
    if (kind !== 'data') {
      this.push(kind, end, code, link.arrivalMs(0));
      return;
    }
    let from = buffer.delivered;
    for (let segment = this.first; segment !== null; segment = segment.next)
      if (segment.kind === 'data') from = segment.end;
    while (from < end) {
      const size = Math.min(end - from, link.segmentBytesMax);
      from += size;
      this.push(kind, from, code, link.arrivalMs(size));
    }
  }

  /** Whether the link keeps or loses the segment that has arrived there. */
  private isObstructed(segment: Segment): boolean {
    const verdict = this.link.judge(this);
    if (verdict === 'lost' && segment.kind === 'syn' && this.link.rejection !== null) {
      this.shift();
      this.placeNext();
      this.connection.refuse(this.link.rejection);
    } else if (verdict === 'lost') this.lose(segment);
    return verdict !== 'pass';
  }

  /** The segment is lost: its sender sends it again, or gives up. What follows waits for it. */
  private lose(segment: Segment): void {
    const { network } = this.connection;
    if (network.trace !== null) network.record(`${this}`, 'lost', segment.kind);
    segment.lost += 1;
    const kind = this.timedKind(segment);
    if (segment.lost > retriesMax(kind, this.sender.isReleased) + 1) {
      this.giveUp(kind);
      return;
    }
    if (segment.kind === 'rst' || segment.kind === 'probe') this.shift();
    else {
      segment.atMs = network.schedule.nowMs + this.retransmissionMs(kind, segment.lost);
      this.lastAtMs = Math.max(this.lastAtMs, segment.atMs);
    }
    this.placeNext();
  }

  /** Data acknowledges the handshake too: if it follows, it is what is sent again. */
  private timedKind({ kind, next }: Segment): SegmentKind {
    return kind === 'ack' && next !== null ? 'data' : kind;
  }

  private retransmissionMs(kind: SegmentKind, sent: number): number {
    return retransmissionMs(kind, sent, this.link.latencyMs + this.receiver.out.link.latencyMs);
  }

  /** After the last retransmission: whoever waits for an answer learns that none comes (RFC 1122 section 4.2.3.5). */
  private giveUp(kind: SegmentKind): void {
    this.drop();
    if (kind === 'ack') this.receiver.forget();
    else if (kind === 'syn' || kind === 'syn-ack' || kind === 'refusal')
      this.connection.client.onReset('ETIMEDOUT');
    else if (kind === 'window') this.receiver.onReset('ETIMEDOUT');
    else this.sender.onReset(this.link.rejection ?? 'ETIMEDOUT');
  }

  /** Bytes have arrived, but their acknowledgement is lost: their sender sends them again, until it gives up. */
  private awaitAcknowledgement(sent: number): void {
    const { network } = this.connection;
    if (this.isUnacknowledged && sent === 1) return;
    this.isUnacknowledged = true;
    network.at(network.schedule.nowMs + this.retransmissionMs('data', sent), () => {
      if (this.receiver.out.link.isSilent && !this.sender.isReleased) {
        if (sent <= retriesMax('data', false)) this.awaitAcknowledgement(sent + 1);
        else this.sender.onReset('ETIMEDOUT');
      } else this.isUnacknowledged = false;
    });
  }

  /** Lets a fault take the segment's place. */
  private interfere(segment: Segment): boolean {
    if (segment.kind === 'syn') {
      if (!this.happens(REFUSE, () => 'the connection attempt is refused')) return this.stall(segment);
      this.shift();
      this.placeNext();
      this.connection.refuse('ECONNREFUSED');
      return true;
    }
    if (segment.kind !== 'rst' && segment.kind !== 'refusal' && segment.kind !== 'syn-ack') {
      if (this.happens(RESET, () => `the connection is reset instead of ${this.describe()}`)) {
        this.connection.breakBoth();
        return true;
      }
      if (this.happens(CLOSE, () => `the connection is closed for both ends instead of ${this.describe()}`)) {
        this.connection.cut();
        return true;
      }
    }
    return this.stall(segment);
  }

  private stall(segment: Segment): boolean {
    const { network } = this.connection;
    if (segment.hasStalled || (network.mask & (1 << STALL.index)) === 0) return false;
    segment.hasStalled = true;
    const choice = network.decisions.decide(STALL, STALL_MS.length, null, this);
    if (choice === 0) return false;
    this.note(STALL, () => `stalls for ${STALL_MS[choice]} ms before ${this.describe()}`);
    segment.atMs = network.schedule.nowMs + STALL_MS[choice];
    this.lastAtMs = Math.max(this.lastAtMs, segment.atMs);
    this.placeNext();
    return true;
  }

  private happens(label: Label, text: () => string): boolean {
    const { network } = this.connection;
    if ((network.mask & (1 << label.index)) === 0 || network.decisions.decide(label, 2, null, this) === 0)
      return false;
    this.note(label, text);
    return true;
  }

  private note(label: Label, text: () => string): void {
    this.connection.network.noteFault(label, this, text);
  }
}
