export class SharedBandwidth {
  constructor(schedule, options, onLater) {
    /** Those that have not begun, in order. */
    this.queue = [];
    /** The tag of the last one that has begun. */
    this.served = 0;
    /** Where each connection's next tag begins, if that is beyond `served`. */
    this.ends = new Map();
    this.schedule = schedule;
    this.bytesPerSecond = options.bytesPerSecond;
    this.freeAtMs = options.freeAtMs;
    this.onLater = onLater;
  }
  /** When everything sent so far has left. */
  get idleAtMs() {
    return this.queue.at(-1)?.endMs ?? this.freeAtMs;
  }
  /** Takes a segment: with what waits here from others it goes in turn, and what comes after it waits longer. */
  enqueue(sharer, sizeBytes) {
    this.settle();
    const { queue, ends } = this;
    const tag = Math.max(this.served, ends.get(sharer) ?? 0);
    ends.set(sharer, tag + sizeBytes);
    const piece = {
      sharer,
      sizeBytes,
      tag,
      startMs: 0,
      endMs: 0,
      travelMs: 0,
      direction: null,
      segment: null,
    };
    let index = queue.length;
    while (index > 0 && queue[index - 1].tag > tag) index -= 1;
    queue.splice(index, 0, piece);
    for (; index < queue.length; index += 1) this.time(index);
    return piece;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    this.settle();
    const { nowMs } = this.schedule;
    let text = `${this.bytesPerSecond},${Math.max(0, this.freeAtMs - nowMs)}`;
    for (const { sharer, sizeBytes, tag } of this.queue)
      text += `;${sharer.name}:${sizeBytes}@${tag - this.served}`;
    for (const [sharer, end] of this.ends)
      if (end > this.served) text += `;${sharer.name}-${end - this.served}`;
    return text;
  }
  time(index) {
    const piece = this.queue[index];
    piece.startMs = index === 0 ? Math.max(this.freeAtMs, this.schedule.nowMs) : this.queue[index - 1].endMs;
    piece.endMs = piece.startMs + (piece.sizeBytes * 1000) / this.bytesPerSecond;
    if (piece.segment !== null) this.onLater(piece);
  }
  /** Notes what has begun in the meantime. */
  settle() {
    const { queue, ends } = this;
    const { nowMs } = this.schedule;
    while (queue.length > 0 && queue[0].startMs <= nowMs) {
      const { endMs, tag } = queue.shift();
      this.freeAtMs = endMs;
      this.served = tag;
    }
    if (queue.length === 0 && this.freeAtMs <= nowMs) {
      this.served = 0;
      ends.clear();
    } else if (ends.size > 2 * queue.length + 16)
      for (const [sharer, end] of ends) if (end <= this.served) ends.delete(sharer);
  }
}
