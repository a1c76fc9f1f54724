// The one door through which chance enters. The simulation asks, a strategy answers, and this records.
import { show } from '../../core/arguments.js';
import { ArgumentError, AssertionFailure } from '../../core/errors.js';
import { FIRST_PROGRAM_LABEL } from './label.js';
/** Always the perfect network. */
export const calm = { begin: () => {}, choose: () => 0 };
/** The decisions of one run, in order: its schedule. A decision with one possibility is not recorded. */
export class Decisions {
  /** `limits` gives, by label index, how many deviations of a family one run may have; -1 is no limit. */
  constructor(strategy, limits = null) {
    this.labels = [];
    this.arities = [];
    this.choices = [];
    /** How many decisions were not calm. */
    this.deviationCount = 0;
    /** A running hash over the labels and arities met: a program that changed gives another. */
    this.fingerprint = 0x811c9dc5 | 0;
    this.strategy = strategy;
    this.limits = limits === null ? null : limits.slice();
    if (typeof strategy?.begin !== 'function' || typeof strategy.choose !== 'function')
      throw noStrategy(strategy);
    strategy.begin();
  }
  get length() {
    return this.choices.length;
  }
  decide(label, arity, chains = null, owner = null) {
    if (arity < 2) {
      if (arity !== 1)
        throw new AssertionFailure(`decision "${label.name}" needs at least 1 choice, got ${arity}`);
      return 0;
    }
    const { limits } = this;
    const isLimited = limits !== null && label.index < FIRST_PROGRAM_LABEL;
    if (isLimited && limits[label.index] === 0) return 0;
    const choice = this.strategy.choose(label, arity, chains, owner);
    if (!(choice >= 0 && choice < arity))
      throw new AssertionFailure(`decision "${label.name}" has choices 0 to ${arity - 1}, got ${choice}`);
    this.labels.push(label);
    this.arities.push(arity);
    this.choices.push(choice);
    this.fingerprint = Math.imul(this.fingerprint ^ (label.index * 65599 + arity), 0x01000193);
    if (choice !== 0) {
      this.deviationCount += 1;
      // Below zero is no limit, and stays what it was: states that differ in nothing else must be equal.
      if (isLimited && limits[label.index] > 0) limits[label.index] -= 1;
    }
    return choice;
  }
  /** @internal Whether a family may deviate only so many times. */
  isLimited(label) {
    return this.limits !== null && this.limits[label.index] >= 0;
  }
  /** @internal How many deviations each limited family has left, as text. */
  limitsText() {
    return this.limits === null ? '' : this.limits.join();
  }
  at(index) {
    return { label: this.labels[index], arity: this.arities[index], choice: this.choices[index] };
  }
}
function noStrategy(found) {
  const hint =
    typeof found === 'string'
      ? '; Schedule.parse of foulweather/fast-check reads a schedule, and explore, everySchedule and verify take a replay string'
      : '';
  return new ArgumentError(
    'ERR_INVALID_ARG_TYPE',
    `a strategy must have begin and choose, as what random, pct, pos and swarm give and a Schedule have; got ${show(found)}${hint}`,
  );
}
