/** Decides as a run before did, and notes the first decision that is another one. */
export class RepeatStrategy {
  constructor(before) {
    /** The number of the first decision that differs, or -1; a run may also end before its time. */
    this.differsAt = -1;
    /** What could happen next when it came. */
    this.pending = '';
    this.sim = null;
    this.index = 0;
    this.before = before;
  }
  begin() {
    this.index = 0;
  }
  /** Before each step of the run. */
  watch(sim) {
    this.sim = sim;
    return true;
  }
  choose(label, arity) {
    const { index, before } = this;
    this.index = index + 1;
    if (this.differsAt >= 0) return 0;
    if (before.labels[index]?.name === label.name && before.arities[index] === arity)
      return before.choices[index];
    this.differsAt = index;
    this.pending = this.sim?.describePending() ?? '';
    return 0;
  }
}
