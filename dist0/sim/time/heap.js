/** Up to how many entries are sorted the simple way. */
const FEW = 12;
/** Total order: time first, then insertion. The heap is never left to choose. */
export function isBefore(a, b) {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
/** A binary heap whose entries know their place, so that any of them can be taken out. */
export class Heap {
  constructor() {
    this.entries = [];
  }
  get size() {
    return this.entries.length;
  }
  push(entry) {
    entry.heapIndex = this.entries.length;
    this.entries.push(entry);
    this.rise(entry);
  }
  remove(entry) {
    const index = entry.heapIndex;
    const last = this.entries.pop();
    entry.heapIndex = -1;
    if (last === entry) return;
    this.entries[index] = last;
    last.heapIndex = index;
    this.rise(last);
    this.sink(last);
  }
  /** The first entries in order, at most `limit` of them and none after `untilMs`, appended to `into`. */
  collect(into, limit, untilMs) {
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
  collectFew(into, untilMs) {
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
  rise(entry) {
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
  sink(entry) {
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
