// One direction of a connection: segments in order, and what may befall each when it arrives.
import { unreachable } from '../core/errors.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
import { CLOSE, COALESCE, END, type Label, REFUSE, RESET, SPLIT, STALL } from './label.ts';
import type { Link } from './link.ts';
import { Event } from './schedule-queue.ts';
import type { Footprint } from './search/footprint.ts';
import { StreamBuffer } from './stream-buffer.ts';
import { showBytes } from './trace.ts';

/** What a segment carries. `refusal` answers a SYN that nobody wants. */
export type SegmentKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'refusal' | 'window';

export interface Segment {
  readonly kind: SegmentKind;
  /** Data: the stream position where it ends. */
  readonly end: number;
  atMs: number;
  readonly sequence: number;
  hasStalled: boolean;
  /** Refusal and rst: the errno name that the receiver gets. */
  readonly code: string;
}

const FAULTS = (1 << RESET.index) | (1 << CLOSE.index) | (1 << STALL.index) | (1 << REFUSE.index);
const MAY_SPLIT = 1 << SPLIT.index;
const NOBODY: ReadonlySet<string> = new Set();
const STALL_MS = [0, 250, 5_000, 120_000];

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
  private segments: Segment[] = [];
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
    return this.segments.length === 0;
  }

  /** Whether the last segment of the handshake is still in flight. */
  get isAckToCome(): boolean {
    return this.segments.length > 0 && this.segments[0].kind === 'ack';
  }

  /** Sends a segment: it arrives after the link's latency, and after everything sent before. */
  send(kind: SegmentKind, end = 0, code = ''): void {
    const { schedule } = this.connection.network;
    const atMs = Math.max(this.lastAtMs, schedule.nowMs + this.link.latencyMs);
    this.lastAtMs = atMs;
    const segment: Segment = { kind, end, atMs, sequence: schedule.nextSequence(), hasStalled: false, code };
    this.segments.push(segment);
    if (this.segments.length === 1) schedule.place(this, atMs, segment.sequence);
  }

  /** What is in flight is gone. Returns how many bytes that was. */
  drop(): number {
    while (this.segments.length > 0) this.segments.pop();
    this.connection.network.schedule.withdraw(this);
    return this.buffer.dropInFlight();
  }

  /** What is in flight is gone, but for a reset: nothing overtakes or removes that. */
  dropButReset(): void {
    const resets = this.segments.filter(({ kind }) => kind === 'rst');
    this.drop();
    this.segments.push(...resets);
    if (resets.length > 0) this.placeNext();
  }

  override fire(): void {
    const segment = this.segments[0];
    if ((this.connection.network.mask & FAULTS) !== 0 && this.interfere(segment)) return;
    this.deliver(segment);
    this.placeNext();
  }

  override isSpokenFor(): boolean {
    if (!this.isDirty) return false;
    const { kind } = this.segments[0];
    return kind === 'data' || kind === 'fin';
  }

  /** Delivers what follows in flight at once, as far as decided: the receiver sees it together with what it has. */
  coalesce(): void {
    const { network } = this.connection;
    const horizonMs = network.schedule.nowMs + network.schedule.orderWindowMs;
    while (this.segments.length > 0) {
      const segment = this.segments[0];
      const label = segment.kind === 'data' ? COALESCE : segment.kind === 'fin' ? END : null;
      if (label === null || segment.atMs > horizonMs || (network.mask & (1 << label.index)) === 0) return;
      if (network.decisions.decide(label, 2) === 0) return;
      this.note(label, () =>
        segment.kind === 'fin'
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
      isReset: this.segments[0].kind === 'rst' || this.segments[0].kind === 'refusal',
      atMs: Math.max(this.atMs, connection.network.schedule.nowMs),
      isIndependentInside: receiver.hasIndependentConnections,
      neighbours: NOBODY,
    };
  }

  override describe(): string {
    const [segment] = this.segments;
    return `${segment.kind} ${this}`;
  }

  /** @internal Its state as text, for merging equal states: times count from now, positions from what was read. */
  stateText(): string {
    const { buffer, connection } = this;
    const { nowMs } = connection.network.schedule;
    let text = `${this.isBlocked ? 'b' : ''}${this.isDirty ? 'd' : ''}${this.unread}[`;
    for (const segment of this.segments) {
      text += `${segment.kind}${segment.kind === 'data' ? segment.end - buffer.read : segment.code}${segment.hasStalled ? 's' : ''}+${Math.max(0, segment.atMs - nowMs)} `;
    }
    return `${text}]${buffer.contentText()}`;
  }

  override toString(): string {
    return `${this.sender.hostName} → ${this.receiver.hostName} (${this.connection})`;
  }

  private placeNext(): void {
    const { schedule } = this.connection.network;
    if (this.segments.length === 0) schedule.withdraw(this);
    else schedule.place(this, Math.max(this.segments[0].atMs, schedule.nowMs), this.segments[0].sequence);
  }

  private deliver(segment: Segment): void {
    const { network } = this.connection;
    if (segment.kind === 'data') this.deliverData(segment);
    else {
      this.segments.shift();
      if (network.trace !== null) network.record(`${this}`, segment.kind, segment.code);
      this.arrive(segment);
    }
  }

  private deliverData(segment: Segment): void {
    const { network } = this.connection;
    const { buffer } = this;
    if (this.receiver.refusesData) {
      if (network.trace !== null) network.record(`${this}`, 'data', 'to nobody');
      this.receiver.refuseData();
      return;
    }
    let size = segment.end - buffer.delivered;
    if (size > 1 && (network.mask & MAY_SPLIT) !== 0) {
      const later = network.decisions.decide(SPLIT, size);
      if (later !== 0) this.noteSplit(size, later);
      size -= later;
    }
    buffer.delivered += size;
    if (buffer.delivered === segment.end) this.segments.shift();
    if (network.trace !== null) network.record(`${this}`, 'data', showBytes(buffer.peek(size)));
    this.receiver.onData();
  }

  private noteSplit(size: number, later: number): void {
    const from = this.buffer.delivered + 1;
    const split = (): string =>
      `a segment of ${size} bytes is split: bytes ${from}–${from + size - later - 1} arrive, ${later} later`;
    this.note(SPLIT, split);
  }

  private arrive(segment: Segment): void {
    const { connection, receiver } = this;
    switch (segment.kind) {
      case 'syn':
        connection.onSyn();
        break;
      case 'syn-ack':
        receiver.onOpen();
        break;
      case 'ack':
        connection.onEstablished();
        break;
      case 'fin':
        receiver.onEnd();
        break;
      case 'rst':
      case 'refusal':
        receiver.onReset(segment.code);
        break;
      case 'window':
        receiver.onWindow();
        break;
      case 'data':
        break;
      default:
        unreachable(segment.kind);
    }
  }

  /** Lets a fault take the segment's place. */
  private interfere(segment: Segment): boolean {
    if (segment.kind === 'syn') {
      if (!this.happens(REFUSE, () => 'the connection attempt is refused')) return this.stall(segment);
      this.segments.shift();
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
    const choice = network.decisions.decide(STALL, STALL_MS.length);
    if (choice === 0) return false;
    this.note(STALL, () => `stalls for ${STALL_MS[choice]} ms before ${this.describe()}`);
    segment.atMs = network.schedule.nowMs + STALL_MS[choice];
    this.lastAtMs = Math.max(this.lastAtMs, segment.atMs);
    this.placeNext();
    return true;
  }

  private happens(label: Label, text: () => string): boolean {
    const { network } = this.connection;
    if ((network.mask & (1 << label.index)) === 0 || network.decisions.decide(label, 2) === 0) return false;
    this.note(label, text);
    return true;
  }

  private note(label: Label, text: () => string): void {
    this.connection.network.noteFault(label, this, text);
  }
}
