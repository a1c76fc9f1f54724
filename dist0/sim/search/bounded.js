export const WHOLE = { index: 0, count: 1 };
/** Runs every schedule with exactly `deviations` deviations, each once. Returns whether it came to its end. */
export function searchBounded(search) {
  const { run, visit, deviations } = search;
  const schedules = new BoundedSchedules(deviations, { shard: search.shard });
  while (!schedules.isOver) {
    const result = run(schedules.points);
    if (schedules.isVisit && !visit(result)) return false;
    schedules.advance(result.decisions.arities);
  }
  return true;
}
/**
 * Every schedule with exactly `deviations` deviations, each once, the next after the run of the one before: a schedule is
 * its parent, which has one fewer, and one more deviation after its last. Parents have to be run, too, to learn
 * their decisions. Stores no states.
 */
export class BoundedSchedules {
  /** `firstOrdinal` is the number of the first schedule, where a search counts on from an earlier one. Default 0. */
  constructor(deviations, options = {}) {
    /** The schedule to run now. Changed in place by `advance`. */
    this.points = [];
    /** Whether none is left. */
    this.isOver = false;
    this.frames = [];
    this.deviations = deviations;
    this.ordinal = options.firstOrdinal ?? 0;
    this.shard = options.shard ?? WHOLE;
    this.order = options.order ?? 'ascending';
    if (deviations === 0) this.isOver = !this.belongsHere();
  }
  /** Whether the schedule to run now is one of those asked for, and not only a parent. */
  get isVisit() {
    return this.points.length === this.deviations;
  }
  /** The number of the schedule after the one to run now, or after the last: of all parts' schedules. */
  get nextOrdinal() {
    return this.ordinal;
  }
  /** Moves on, given how many choices each decision of the run had. */
  advance(arities) {
    const { points, frames } = this;
    if (!this.isVisit) {
      const from = points.length === 0 ? 0 : points[points.length - 1].index + 1;
      const own = arities.slice(from);
      let rounds = 0;
      for (let offset = 0; offset < own.length; offset += 1) rounds = Math.max(rounds, own[offset] - 1);
      frames.push({ from, arities: own, rounds, offset: -1, round: 0 });
    } else if (frames.length > 0) points.pop();
    while (frames.length > 0) {
      const frame = frames[frames.length - 1];
      const found = this.order === 'spread' ? nextSpread(frame) : nextAscending(frame);
      if (found === 0) {
        frames.pop();
        if (frames.length > 0) points.pop();
        continue;
      }
      points.push({ index: frame.from + frame.offset, choice: found });
      if (!this.isVisit || this.belongsHere()) return;
      points.pop();
    }
    this.isOver = true;
  }
  belongsHere() {
    this.ordinal += 1;
    return (this.ordinal - 1) % this.shard.count === this.shard.index;
  }
}
/** The next choice, of one decision after the other; 0 when there is none. */
function nextAscending(frame) {
  if (frame.offset < 0) frame.offset = 0;
  while (frame.offset < frame.arities.length) {
    frame.round += 1;
    if (frame.round < frame.arities[frame.offset]) return frame.round;
    frame.offset += 1;
    frame.round = 0;
  }
  return 0;
}
/** The next choice: the first of each decision, then the second of each; 0 when there is none. */
function nextSpread(frame) {
  while (frame.round < frame.rounds) {
    frame.offset += 1;
    if (frame.offset === frame.arities.length) {
      frame.offset = -1;
      frame.round += 1;
    } else if (frame.round < frame.arities[frame.offset] - 1)
      return spreadChoice(frame.round, frame.arities[frame.offset] - 1);
  }
  return 0;
}
/**
 * The choice that comes at `place` (from 0) of the choices 1 to `count`: 1, `count`, 2, `count - 1`, and then the rest in
 * strides of the golden section, so that each prefix is spread over all. What happens at an end of a segment is
 * what most programs get wrong.
 */
export function spreadChoice(place, count) {
  if (count <= 4) return place + 1;
  if (place < 4) return [1, count, 2, count - 1][place];
  const rest = count - 4;
  let stride = Math.max(1, Math.round(rest * 0.618));
  while (!areCoprime(stride, rest)) stride += 1;
  return 3 + (((place - 4) * stride) % rest);
}
function areCoprime(a, b) {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 1;
}
