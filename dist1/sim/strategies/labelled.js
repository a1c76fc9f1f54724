/** Deviates at decisions found by label and occurrence, wherever in the run they have moved; calm everywhere else. */
export class LabelledStrategy {
  constructor(points) {
    this.met = new Map();
    this.points = points;
  }
  begin() {
    this.met.clear();
  }
  choose(label, arity) {
    const occurrence = this.met.get(label.index) ?? 0;
    this.met.set(label.index, occurrence + 1);
    const point = this.points.find(
      (other) => other.label.index === label.index && other.occurrence === occurrence,
    );
    return point === undefined ? 0 : Math.min(point.choice, arity - 1);
  }
}
