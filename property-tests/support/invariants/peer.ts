import {
  type CloseReason,
  Dispatcher,
  type Endpoint,
  isBytes,
  type Reactor,
} from '../../../src/core/index.ts';

export interface PeerPlan {
  /** What it sends, and then ends its direction. */
  readonly text: string;
  /** Sends so many bytes a write event. */
  readonly partBytes: number;
  /** Receives so many bytes at once. */
  readonly readBytes: number;
  /** Whether it sends only once it has seen the other side's end of stream. */
  readonly answersAtEnd?: boolean;
  /** Does not read before this time. */
  readonly readsAfterMs?: number;
  /** Resets the connection once it has sent so many bytes. */
  readonly abortsAfterBytes?: number;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One end of an exchange, which accounts for what it sent, received and saw. */
export class Peer extends Dispatcher {
  readonly plan: PeerPlan;
  received = '';
  /** Bytes that its transport has accepted. */
  sentBytes = 0;
  /** How often it was told the end of stream. */
  ends = 0;
  /** Whether bytes came after the end of stream. */
  hasReadAfterEnd = false;
  reason: CloseReason | null = null;

  /** With an endpoint it is the accepted side. */
  constructor(reactor: Reactor, plan: PeerPlan, endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.plan = plan;
    if (plan.answersAtEnd === true) this.wantWrite(false);
    if (plan.readsAfterMs === undefined) return;
    this.wantRead(false);
    this.callLater(plan.readsAfterMs, () => this.wantRead(true));
  }

  override handleConnect(): void {}

  override handleWrite(): void {
    const { text, partBytes, abortsAfterBytes = Number.POSITIVE_INFINITY } = this.plan;
    const part = encode(text.slice(this.sentBytes, this.sentBytes + partBytes));
    if (part.length > 0) this.sentBytes += this.send(part);
    if (this.sentBytes >= abortsAfterBytes) this.abort();
    else if (this.sentBytes < text.length) this.wantWrite(true);
    else this.finishSending();
  }

  override handleRead(): void {
    const data = this.recv(this.plan.readBytes);
    if (!isBytes(data)) return;
    this.received += String.fromCharCode(...data);
    if (this.ends > 0) this.hasReadAfterEnd = true;
  }

  override handleEnd(): void {
    this.ends += 1;
    if (this.plan.answersAtEnd === true) this.wantWrite(true);
    else if (this.hasShutdownWrite) this.close();
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }

  private finishSending(): void {
    this.shutdownWrite();
    if (this.ends > 0) this.close();
  }
}
