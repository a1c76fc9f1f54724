/** What happened to whom, in order. Data is one event as long as nothing else happens to its receiver in between. */
export class EventRecord {
  readonly events: Record<string, string[]> = {};
  private readonly received = new Map<string, { sizeBytes: number; sum: number }>();

  note(name: string, event: string): void {
    this.events[name] ??= [];
    this.events[name].push(event);
    this.received.delete(name);
  }

  /** Bytes are noted by their number and a sum that depends on their order. */
  noteData(name: string, bytes: Uint8Array): void {
    let run = this.received.get(name);
    if (run === undefined) {
      this.note(name, '');
      run = { sizeBytes: 0, sum: 0 };
      this.received.set(name, run);
    }
    for (const byte of bytes) run.sum = (Math.imul(run.sum, 31) + byte + 1) | 0;
    run.sizeBytes += bytes.length;
    const list = this.events[name];
    list[list.length - 1] = `data ${run.sizeBytes} (${run.sum})`;
  }
}
