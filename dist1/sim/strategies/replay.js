/**
 * Deviates exactly where told; calm everywhere else, and after the last. A point that no longer fits (its decision has
 * fewer choices) takes the last choice there is: shrinking must tolerate what earlier changes removed.
 */
export class ReplayStrategy {
  constructor(points) {
    this.next = 0;
    this.index = 0;
    this.points = points;
  }
  begin() {
    this.next = 0;
    this.index = 0;
  }
  choose(_label, arity) {
    const { index, points } = this;
    this.index = index + 1;
    if (this.next >= points.length || points[this.next].index !== index) return 0;
    const { choice } = points[this.next];
    this.next += 1;
    return Math.min(choice, arity - 1);
  }
}
/** The deviations of recorded choices. */
export function deviationsOf(choices) {
  const points = [];
  for (let index = 0; index < choices.length; index += 1) {
    if (choices[index] !== 0) points.push({ index, choice: choices[index] });
  }
  return points;
}
