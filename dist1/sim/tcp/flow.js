import { LINUX_BUFFERS, tunedReceiveBytes, tunedSendBytes } from './buffers.js';
import { SEGMENT_BYTES_MAX } from './segment.js';

/** How long an acknowledgement waits for data to travel with (Linux: TCP_DELACK_MIN; RFC 1122 section 4.2.3.2). */
const DELAYED_ACK_MS = 40;
/** Gives both directions of a connection flow control of their own, if one of its hosts asks for that. */
export function separateBuffers(out, back, origin, target) {
  if (origin.buffers === null && target.buffers === null) return;
  setBuffers(out, back, origin.buffers ?? LINUX_BUFFERS, target.buffers ?? LINUX_BUFFERS);
}
/** Gives both directions of a connection these buffers from now on: `near` where `out` begins, `far` where it ends. */
export function setBuffers(out, back, near, far) {
  const { network } = out.connection;
  // Timers of the network stand in one line, so that what is done to two connections need not commute.
  network.notePlan();
  out.flow ??= new Flow(out, network);
  back.flow ??= new Flow(back, network);
  out.flow.resize(near, far);
  back.flow.resize(far, near);
}
export class Flow {
  constructor(direction, network) {
    this.sendBytes = 0;
    this.receiveBytes = 0;
    this.isSendTuned = false;
    this.isReceiveTuned = false;
    /** Nagle's algorithm (RFC 1122 section 4.2.3.4): off, as dispatchers' sockets have it. */
    this.hasNagle = false;
    this.isEndDue = false;
    /** The receiver answers with data of its own: its acknowledgements wait for that (Linux: pingpong mode). */
    this.isInteractive = false;
    this.delayed = null;
    this.delayedUntilMs = 0;
    const { written, delivered } = direction.buffer;
    this.direction = direction;
    this.network = network;
    this.sent = written;
    this.acknowledged = delivered;
    this.edge = written;
    this.told = { acknowledged: delivered, edge: written };
  }
  /** What was announced stays so. */
  resize(sender, receiver) {
    ({ sendBytes: this.sendBytes, isSendTuned: this.isSendTuned } = sender);
    ({ receiveBytes: this.receiveBytes, isReceiveTuned: this.isReceiveTuned } = receiver);
    this.edge = Math.max(this.edge, this.direction.buffer.read + this.receiveBytes);
    this.told = { acknowledged: this.told.acknowledged, edge: this.edge };
  }
  /** Bytes that the sender may still write. */
  get space() {
    return Math.max(0, this.sendBytes - (this.direction.buffer.written - this.acknowledged));
  }
  /** Whether bytes wait for the receiver to announce room. */
  get isLimited() {
    return this.sent < this.direction.buffer.written && this.sent === this.edge;
  }
  /** Whether something is still to be transmitted. */
  get isPending() {
    return this.isEndDue || this.sent < this.direction.buffer.written;
  }
  setNoDelay(isOn) {
    this.hasNagle = !isOn;
    if (isOn) this.transmit();
  }
  /** Sends what may be sent. */
  transmit() {
    const { direction } = this;
    const { written } = direction.buffer;
    const size = Math.min(written, this.edge) - this.sent;
    const now = size - this.heldBack(size);
    if (now > 0) {
      this.sent += now;
      direction.send('data', this.sent);
    }
    if (this.isEndDue && this.sent === written) {
      this.isEndDue = false;
      direction.send('fin');
    }
  }
  /** The end of stream follows when all bytes were transmitted. */
  end() {
    this.isEndDue = true;
    this.transmit();
  }
  /** What was not transmitted is gone: the sender aborts. */
  abandon() {
    this.direction.buffer.truncate(this.sent);
    this.isEndDue = false;
  }
  /** What was not delivered is gone. */
  drop() {
    this.sent = this.direction.buffer.written;
    this.isEndDue = false;
  }
  /** Bytes were delivered: the receiver acknowledges them now, or a little later. */
  onDelivered() {
    const unacknowledged = this.direction.buffer.delivered - this.told.acknowledged;
    if (!this.isInteractive || unacknowledged >= 2 * SEGMENT_BYTES_MAX) this.acknowledge();
    else if (this.delayed === null) {
      this.delayedUntilMs = this.network.schedule.nowMs + DELAYED_ACK_MS;
      this.delayed = this.network.setTimer(DELAYED_ACK_MS, () => {
        this.delayed = null;
        this.isInteractive = false;
        this.acknowledge();
      });
    }
  }
  /** The program has received bytes: says so once it is worth a segment (Linux: tcp_cleanup_rbuf). */
  onRead() {
    const { delivered, read } = this.direction.buffer;
    if (this.isReceiveTuned && read === delivered)
      this.receiveBytes = tunedReceiveBytes(this.receiveBytes, read);
    const announced = this.told.edge - delivered;
    if (2 * announced > this.receiveBytes) return;
    const room = this.room();
    if (room > 0 && room >= 2 * announced) this.acknowledge();
  }
  /** What a segment that the receiver sends now says. `isData`: it is an answer. */
  receipt(isData) {
    const { delivered } = this.direction.buffer;
    const edge = Math.max(this.told.edge, delivered + this.room());
    if (isData && delivered > 0) this.isInteractive = true;
    this.cancelDelayed();
    if (this.told.edge !== edge || this.told.acknowledged !== delivered)
      this.told = { acknowledged: delivered, edge };
    return this.told;
  }
  /** A receipt has arrived at the sender. */
  onReceipt({ acknowledged, edge }) {
    this.acknowledged = Math.max(this.acknowledged, acknowledged);
    this.edge = Math.max(this.edge, edge);
    if (this.isSendTuned) this.sendBytes = tunedSendBytes(this.sendBytes, this.acknowledged);
    const { direction, space } = this;
    // Linux tells a program of room when a third of the buffer is free (sk_stream_min_wspace).
    if (direction.isBlocked && 3 * space >= this.sendBytes) {
      direction.isBlocked = false;
      direction.sender.onWindow();
    }
    this.transmit();
  }
  /** @internal Its state as text, for merging equal states: positions count from what was read. */
  stateText() {
    const { read } = this.direction.buffer;
    const flags = `${this.hasNagle ? 'n' : ''}${this.isEndDue ? 'e' : ''}${this.isInteractive ? 'i' : ''}`;
    const delayed = this.delayed === null ? '' : this.delayedUntilMs - this.network.schedule.nowMs;
    const known = `${this.sent - read},${this.acknowledged - read},${this.edge - read}`;
    const tuned = this.isSendTuned || this.isReceiveTuned ? `t${read}` : '';
    const sizes = `${this.sendBytes},${this.receiveBytes}${tuned},`;
    return `{${flags}${sizes}${known},${this.told.acknowledged - read},${this.told.edge - read}@${delayed}}`;
  }
  /** @internal What a segment of the opposite direction says, as text. */
  receiptText({ receipt }) {
    const { read } = this.direction.buffer;
    return receipt === null ? '' : `r${receipt.acknowledged - read},${receipt.edge - read}`;
  }
  /** The small segment at the end waits while something is not acknowledged. */
  heldBack(sizeBytes) {
    if (!this.hasNagle || this.isEndDue) return 0;
    const tail = sizeBytes % SEGMENT_BYTES_MAX;
    return this.acknowledged < this.sent || tail < sizeBytes ? tail : 0;
  }
  /** The room to announce: none rather than a little (RFC 9293 section 3.8.6.2.2). */
  room() {
    const { delivered, read } = this.direction.buffer;
    const free = this.receiveBytes - (delivered - read);
    const worthwhile = Math.max(1, Math.min(SEGMENT_BYTES_MAX, this.receiveBytes >> 1));
    return free < worthwhile ? 0 : free;
  }
  acknowledge() {
    this.cancelDelayed();
    if (this.direction.receiver.isLive) this.direction.receiver.out.send('window');
  }
  cancelDelayed() {
    this.delayed?.cancel();
    this.delayed = null;
  }
}
