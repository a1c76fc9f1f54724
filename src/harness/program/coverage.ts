/** What a search over a body's schedules has covered so far. */
export class Coverage {
  /** Every schedule with at most so many deviations was run; -1 before the calm one. */
  deviations = -1;
  /** Schedules run with at most `deviations`. */
  private within = 0;
  /** Schedules run with one more. */
  private beyond = 0;
  private sampled = 0;
  private replayed = 0;
  /** Whether no schedule has more deviations than those run. */
  hasAll = false;

  /** Schedules run. */
  get schedules(): number {
    return this.within + this.beyond + this.sampled + this.replayed;
  }

  add(kind: 'bounded' | 'sampled' | 'replayed'): void {
    if (kind === 'bounded') this.beyond += 1;
    else this[kind] += 1;
  }

  /** Every schedule with one deviation more was run. */
  closeLevel(): void {
    this.deviations += 1;
    this.hasAll = this.beyond === 0;
    this.within += this.beyond;
    this.beyond = 0;
  }

  /** In words: `every schedule with at most 1 deviation; 40 with 2; 50 sampled`. */
  toString(): string {
    const { deviations, beyond, sampled, replayed } = this;
    const parts: string[] = [];
    if (this.hasAll) parts.push('every schedule');
    else if (deviations === 0) parts.push('the calm schedule');
    else if (deviations > 0) parts.push(`every schedule with at most ${count(deviations, 'deviation')}`);
    if (beyond > 0) parts.push(`${beyond} with ${count(deviations + 1, 'deviation')}`);
    if (sampled > 0) parts.push(`${sampled} sampled`);
    if (replayed > 0) parts.push(count(replayed, 'recorded schedule'));
    return parts.join('; ');
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
