/** Something that stands in a queue of events. Ties in time are broken by `sequence`, which is never equal. */
export interface Queued {
  atMs: number;
  sequence: number;
  /** Its place in the heap, -1 outside. Belongs to the heap. */
  heapIndex: number;
}

/** Up to how many entries are sorted the simple way. */
export const FEW = 12;

/** Total order: time first, then insertion. The heap is never left to choose. */
export function isBefore(a: Queued, b: Queued): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}

/** A binary heap whose entries know their place, so that any of them can be taken out. */
export class Heap<T extends Queued> {
  readonly entries: T[] = [];

  get size(): number {
    return this.entries.length;
  }

  push(entry: T): void {
    entry.heapIndex = this.entries.length;
    this.entries.push(entry);
    this.rise(entry);
  }

  remove(entry: T): void {
    const index = entry.heapIndex;
    const last = this.entries.pop()!;
    entry.heapIndex = -1;
    if (last === entry) return;
    this.entries[index] = last;
    last.heapIndex = index;
    this.rise(last);
    this.sink(last);
  }

  /** The first entries in order, at most `limit` of them and none after `untilMs`, appended to `into`. */
  collect(into: T[], limit: number, untilMs: number): void {
    const { entries } = this;
    if (entries.length === 0 || entries[0].atMs > untilMs) return;
    if (entries.length <= FEW && entries.length <= limit) {
      this.collectFew(into, untilMs);
      return;
    }
    const frontier = [0];
    while (frontier.length > 0 && into.length < limit) {
      let best = 0;
      for (let index = 1; index < frontier.length; index += 1) {
        if (isBefore(entries[frontier[index]], entries[frontier[best]])) best = index;
      }
      const [place] = frontier.splice(best, 1);
      into.push(entries[place]);
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < entries.length && entries[child].atMs <= untilMs) frontier.push(child);
      }
    }
  }

  /** By insertion: for a handful of entries this is faster than anything clever. */
  private collectFew(into: T[], untilMs: number): void {
    const { entries } = this;
    const start = into.length;
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry.atMs > untilMs) continue;
      let place = into.length;
      into.push(entry);
      while (place > start && isBefore(entry, into[place - 1])) {
        into[place] = into[place - 1];
        place -= 1;
      }
      into[place] = entry;
    }
  }

  private rise(entry: T): void {
    const { entries } = this;
    let index = entry.heapIndex;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = entries[parentIndex];
      if (!isBefore(entry, parent)) break;
      entries[index] = parent;
      parent.heapIndex = index;
      index = parentIndex;
    }
    entries[index] = entry;
    entry.heapIndex = index;
  }

  private sink(entry: T): void {
    const { entries } = this;
    const size = entries.length;
    let index = entry.heapIndex;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= size) break;
      if (childIndex + 1 < size && isBefore(entries[childIndex + 1], entries[childIndex])) childIndex += 1;
      const child = entries[childIndex];
      if (!isBefore(child, entry)) break;
      entries[index] = child;
      child.heapIndex = index;
      index = childIndex;
    }
    entries[index] = entry;
    entry.heapIndex = index;
  }
}
