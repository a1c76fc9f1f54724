// One direction of a connection: segments in order, and what may befall each when it arrives.
import { type Label, SHORT_READ, SHORT_SEND, SPLIT } from '../decisions/label.ts';
import type { Link } from '../link/link.ts';
import type { Footprint } from '../search/footprint.ts';
import { Event, type Group } from '../time/schedule-queue.ts';
import { quoteBytes, showBytes } from '../trace.ts';
import { arrive } from './arrival.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
import type { Flow, Receipt } from './flow.ts';
import { INTERFERING, interfere } from './interference.ts';
import { askFor, awaitAcknowledgement, isObstructed, lose } from './loss.ts';
import { coalescing, IN_WORDS, type Segment, type SegmentKind } from './segment.ts';
import { StreamBuffer } from './stream-buffer.ts';

const MAY_SPLIT = 1 << SPLIT.index;
const NOBODY: ReadonlySet<string> = new Set();

export class Direction extends Event {
  readonly connection: Connection;
  readonly sender: SimEndpoint;
  readonly receiver: SimEndpoint;
  readonly link: Link;
  readonly buffer: StreamBuffer;
  /** Set where the ends keep buffers of their own. */
  flow: Flow | null = null;
  /** Whether the sender waits for the receiver to read. */
  isBlocked = false;
  /** Whether the receiver's host has not yet looked at what was delivered last. */
  isDirty = false;
  /** @internal Whether what was delivered cannot be acknowledged at present. */
  isUnacknowledged = false;
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
    return this.first === null && (this.flow === null || !this.flow.isPending);
  }

  /** The end of stream follows what was written. */
  end(): void {
    if (this.flow === null) this.send('fin');
    else this.flow.end();
  }

  /** The receiver has read: the sender is told, in the opposite direction, that it may send again. */
  openWindow(isBroken: boolean): void {
    this.isBlocked = false;
    if (!isBroken) this.receiver.out.send('window');
  }

  /** The flow of the opposite direction, if this one has one: what is sent this way acknowledges what came that way. */
  get opposite(): Flow | null {
    return this.flow === null ? null : this.receiver.out.flow;
  }

  /** Whether bytes have not arrived, or not been acknowledged. */
  get isUnanswered(): boolean {
    const sent = this.flow === null ? this.buffer.written : this.flow.sent;
    return this.isUnacknowledged || sent > this.buffer.delivered;
  }

  /** When the last segment sent arrives, or has arrived. */
  get lastArrivalMs(): number {
    return this.lastAtMs;
  }

  /** Whether its sender has given it up: a reset is on its way, and nothing is sent again. */
  get isAborted(): boolean {
    return this.last !== null && this.last.kind === 'rst';
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
    const dropped = this.buffer.dropInFlight();
    this.flow?.drop();
    return dropped;
  }

  /** Its sender has lost power: what has left arrives, and nothing is sent again. */
  orphan(): void {
    if (this.first !== null && this.first.lost > 0) this.drop();
    else this.flow?.abandon();
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
    if (!this.link.isOpen && isObstructed(this, segment)) return;
    if ((segment.kind === 'syn' || segment.kind === 'ack') && this.connection.isBacklogFull) {
      lose(this, segment);
      return;
    }
    if ((this.connection.network.mask & INTERFERING) !== 0 && interfere(this, segment)) return;
    this.deliver(segment);
    this.placeNext();
    if (!this.link.isPlain && this.link.burstMs > 0) this.fireBurst();
  }

  override isSpokenFor(): boolean {
    if (!this.isDirty) return false;
    const { kind } = this.first!;
    return kind === 'data' || kind === 'fin';
  }

  /**
   * Delivers what follows in flight at once, as far as decided: the receiver sees it together with what it has. `seesReset`: to it,
   * a reset that comes together with bytes is not the same as one that comes after them.
   */
  coalesce(seesReset: boolean): void {
    const { network } = this.connection;
    const horizonMs = network.schedule.nowMs + network.schedule.orderWindowMs;
    for (let segment = this.first; segment !== null; segment = this.first) {
      const label = coalescing(segment, seesReset);
      if (label === null || segment.atMs > horizonMs || (network.mask & (1 << label.index)) === 0) return;
      if (network.decisions.decide(label, 2, null, this) === 0) return;
      if (network.countFault(label)) network.tellFault(this, this.describeJoined(segment));
      this.deliver(segment);
      this.placeNext();
    }
  }

  override footprint(): Footprint {
    const { connection, receiver, sender } = this;
    return {
      chainId: this.chainId,
      // What a cut does commutes with nothing.
      host: this.link.mayBeCut ? '' : receiver.hostName,
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

  override bytesBefore({ index }: Label): number {
    const { written, delivered, read } = this.buffer;
    return index === SHORT_SEND.index ? written : index === SHORT_READ.index ? read : delivered;
  }

  override get nextName(): string {
    return `@${this.buffer.delivered}${this.first?.kind ?? ''}`;
  }

  override describe(): string {
    return `${this.describeNext()} from ${this}`;
  }

  /** The next segment without where: `data "abc"`, `the end of stream (fin)`. */
  describeNext(): string {
    const { kind, end } = this.first!;
    return kind === 'data'
      ? `data ${quoteBytes(this.buffer.copy(this.buffer.delivered, end))}`
      : IN_WORDS[kind];
  }

  /** The next segment as it arrives together with what has not been received. */
  private describeJoined({ kind }: Segment): string {
    const unread = quoteBytes(this.buffer.copy(this.buffer.read, this.buffer.delivered));
    return kind === 'data'
      ? `${this.describeNext()} arrives before ${this.receiver.hostName} has looked at ${unread}`
      : `the ${kind === 'fin' ? 'end of stream' : 'reset'} arrives together with the bytes before it, ${unread}`;
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
      text += `${segment.kind}${segment.kind === 'data' ? segment.end - buffer.read : segment.code}${segment.hasStalled ? 's' : ''}${segment.lost > 0 ? `l${segment.lost}${segment.isFast ? 'f' : ''}` : ''}+${Math.max(0, segment.atMs - nowMs)}${this.opposite === null ? '' : this.opposite.receiptText(segment)} `;
    }
    return `${text}]${buffer.contentText()}${this.flow?.stateText() ?? ''}`;
  }

  override toString(): string {
    return `${this.sender.hostName} → ${this.receiver.hostName} (${this.connection})`;
  }

  /** What the link held goes on. */
  resume(): void {
    this.placeNext();
  }

  /** @internal The first segment arrives so much later than now, and what follows not before it. */
  postpone(segment: Segment, delayMs: number): void {
    segment.atMs = this.connection.network.schedule.nowMs + delayMs;
    this.lastAtMs = Math.max(this.lastAtMs, segment.atMs);
    this.placeNext();
  }

  /** @internal The first segment, which was lost, arrives then; what follows waits for it, but does not travel later. */
  resend(segment: Segment, atMs: number): void {
    segment.atMs = atMs;
    this.placeNext();
  }

  /** @internal Others go before a segment that has not left yet: it arrives later than was thought. */
  retime(segment: Segment, atMs: number): void {
    segment.atMs = Math.max(segment.atMs, atMs);
    this.lastAtMs = Math.max(this.lastAtMs, segment.atMs);
    if (this.first === segment) this.placeNext();
  }

  /** @internal Takes the first segment out. */
  remove(): void {
    this.shift();
    this.placeNext();
  }

  /** What arrives in one burst is there before the program looks. */
  private fireBurst(): void {
    const { schedule } = this.connection.network;
    const { first } = this;
    if (first === null || this.heapIndex < 0 || first.atMs > schedule.nowMs) return;
    if (first.kind !== 'data' && first.kind !== 'fin') return;
    schedule.withdraw(this);
    this.fire();
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
    const { lost, next } = this.first!;
    if (lost > 0) this.lastAtMs = Math.max(this.lastAtMs, this.connection.network.schedule.nowMs);
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
    if (segment.receipt !== null) this.opposite?.onReceipt(segment.receipt);
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
      if (later !== 0 && network.countFault(SPLIT))
        network.tellFault(this, this.describeSplit(size, size - later));
      size -= later;
    }
    buffer.delivered += size;
    if (buffer.delivered === segment.end) this.shift();
    if (network.trace !== null) network.record(`${this}`, 'data', showBytes(buffer.peek(size)));
    this.receiver.onData();
    if (this.link.bytesToWatch !== Number.POSITIVE_INFINITY) this.link.notePassed(size, this.connection);
    connection.bytesLeft -= size;
    if (connection.bytesLeft === 0) connection.reset();
    if (this.receiver.out.link.isSilent) awaitAcknowledgement(this, 1);
    this.flow?.onDelivered();
  }

  /** How the next `size` bytes are split, of which `now` arrive at once. */
  private describeSplit(size: number, now: number): string {
    const { buffer } = this;
    const from = buffer.delivered;
    const cut = from + now;
    return (
      `a segment of ${size} bytes is split: bytes ${from + 1}–${cut} arrive, ${size - now} later: ` +
      `${quoteBytes(buffer.copy(from, cut))}, then ${quoteBytes(buffer.copy(cut, from + size))}`
    );
  }

  private push(kind: SegmentKind, end: number, code: string, arrivalMs: number): Segment {
    const { schedule } = this.connection.network;
    const receipt = this.flow === null ? null : this.writeReceipt(kind);
    const atMs = Math.max(this.lastAtMs, arrivalMs);
    this.lastAtMs = atMs;
    const sequence = schedule.nextSequence();
    const segment: Segment = {
      kind,
      end,
      atMs,
      sequence,
      hasStalled: false,
      lost: 0,
      isFast: false,
      code,
      receipt,
      next: null,
    };
    this.append(segment);
    if (this.first === segment) schedule.place(this, atMs, segment.sequence);
    else if (this.first!.lost === 1) askFor(this, this.first!);
    return segment;
  }

  /** What a segment sent now tells. A receipt that was lost holds nothing up: this one tells as much, and is sent again if it is lost. */
  private writeReceipt(kind: SegmentKind): Receipt {
    const { first } = this;
    const isLost = first !== null && first.kind === 'window' && first.lost > 0 && first.next === null;
    if (isLost && kind !== 'probe') {
      this.remove();
      this.lastAtMs = this.connection.network.schedule.nowMs;
    }
    return this.receiver.out.flow!.receipt(kind === 'data');
  }

  /** Over a link that draws delays or has a bandwidth: data goes in pieces of the size of a segment there. */
  private sendShaped(kind: SegmentKind, end: number, code: string): void {
    const { link, buffer } = this;
    if (kind !== 'data') {
      this.push(kind, end, code, link.arrivalMs(null));
      return;
    }
    let from = buffer.delivered;
    for (let segment = this.first; segment !== null; segment = segment.next)
      if (segment.kind === 'data') from = segment.end;
    while (from < end) {
      const size = Math.min(end - from, link.segmentBytesMax);
      from += size;
      const piece = link.enqueue(this, size);
      const segment = this.push(kind, from, code, link.arrivalMs(piece));
      if (piece === null) continue;
      piece.direction = this;
      piece.segment = segment;
    }
  }
}
