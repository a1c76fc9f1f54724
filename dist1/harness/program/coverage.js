/** What a search over a body's schedules has covered so far. */
export class Coverage {
  constructor() {
    /** Every schedule with at most so many deviations was run; -1 before the calm one. */
    this.deviations = -1;
    /** Schedules run with at most `deviations`. */
    this.within = 0;
    /** Schedules run with one more. */
    this.beyond = 0;
    this.sampled = 0;
    this.replayed = 0;
    /** Whether no schedule has more deviations than those run. */
    this.hasAll = false;
  }
  /** Schedules run. */
  get schedules() {
    return this.within + this.beyond + this.sampled + this.replayed;
  }
  add(kind) {
    if (kind === 'bounded') this.beyond += 1;
    else this[kind] += 1;
  }
  /** Every schedule with one deviation more was run. */
  closeLevel() {
    this.deviations += 1;
    this.hasAll = this.beyond === 0;
    this.within += this.beyond;
    this.beyond = 0;
  }
  /** In words: `every schedule with at most 1 deviation; 40 with 2; 50 sampled`. */
  toString() {
    const { deviations, beyond, sampled, replayed } = this;
    const parts = [];
    if (this.hasAll) parts.push('every schedule');
    else if (deviations === 0) parts.push('the calm schedule');
    else if (deviations > 0) parts.push(`every schedule with at most ${count(deviations, 'deviation')}`);
    if (beyond > 0) parts.push(`${beyond} with ${count(deviations + 1, 'deviation')}`);
    if (sampled > 0) parts.push(`${sampled} sampled`);
    if (replayed > 0) parts.push(count(replayed, 'recorded schedule'));
    return parts.join('; ');
  }
}
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
