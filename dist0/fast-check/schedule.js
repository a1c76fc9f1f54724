import { checkInteger, show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
import { FAMILIES } from '../sim/index.js';
/**
 * A schedule as data: where it deviates, calm everywhere else. It is a strategy that can be run any number of times.
 * Its text is `calm` or `split@3=2,end@0=1`, and `Schedule.parse` reads it.
 */
export class Schedule {
  /** Throws ArgumentError for anything but deviations, and for two at one decision. */
  constructor(deviations) {
    this.choices = new Map();
    this.met = new Map();
    if (!Array.isArray(deviations))
      throw new ArgumentError(
        'ERR_INVALID_ARG_TYPE',
        `a Schedule is made of a list of { family, occurrence, choice }, got ${show(deviations)}; Schedule.parse reads its text`,
      );
    this.deviations = deviations;
    for (const { family, occurrence, choice } of deviations) {
      const place = `${family}@${occurrence}`;
      checkFamily(family, place);
      checkInteger('occurrence', occurrence, 0);
      checkInteger('choice', choice, 1);
      if (this.choices.has(place))
        throw new ArgumentError(
          'ERR_INVALID_ARG_VALUE',
          `${place} is decided on twice: leave one of the two out`,
        );
      this.choices.set(place, choice);
    }
  }
  /** Reads what `toString` wrote. Throws ArgumentError for anything else. */
  static parse(text) {
    if (typeof text !== 'string')
      throw new ArgumentError('ERR_INVALID_ARG_TYPE', `Schedule.parse reads text, got ${show(text)}`);
    if (text === 'calm') return new Schedule([]);
    return new Schedule(text.split(',').map((part) => parseDeviation(part)));
  }
  begin() {
    this.met.clear();
  }
  choose(label, arity, _chains) {
    const occurrence = this.met.get(label.name) ?? 0;
    this.met.set(label.name, occurrence + 1);
    return Math.min(this.choices.get(`${label.name}@${occurrence}`) ?? 0, arity - 1);
  }
  toString() {
    if (this.deviations.length === 0) return 'calm';
    return this.deviations
      .map(({ family, occurrence, choice }) => `${family}@${occurrence}=${choice}`)
      .join(',');
  }
}
function parseDeviation(part) {
  const match = /^([a-z-]+)@(\d+)=([1-9]\d*)$/.exec(part);
  if (match === null) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${show(part)} is no deviation: it must read FAMILY@OCCURRENCE=CHOICE, as in split@3=2, with one of ${FAMILIES.join(', ')}`,
    );
  }
  return { family: match[1], occurrence: Number(match[2]), choice: Number(match[3]) };
}
function checkFamily(family, place) {
  if (FAMILIES.includes(family)) return;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `${show(place)}: there is no such fault family; there are ${FAMILIES.join(', ')}`,
  );
}
