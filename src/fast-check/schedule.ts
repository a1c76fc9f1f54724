import { checkInteger, show } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import { Waits } from '../sim/decisions/waits.ts';
import { type Chain, FAMILIES, type Family, type Label, type Strategy } from '../sim/index.ts';

/** One place where a schedule deviates: at the `occurrence`-th decision of `family`, counted from 0, it takes `choice`. */
export interface FamilyDeviation {
  readonly family: Family;
  readonly occurrence: number;
  /** 1 or more; where there are fewer choices, the last one. */
  readonly choice: number;
  /** Of `order` with choice 1: how many events go ahead of the one that was due, which waits. Default 1. */
  readonly ahead?: number;
}

/**
 * A schedule as data: where it deviates, calm everywhere else. It is a strategy that can be run any number of times.
 * Its text is `calm` or `split@3=2,order@0=1x4`, and `Schedule.parse` reads it.
 */
export class Schedule implements Strategy {
  readonly deviations: readonly FamilyDeviation[];
  private readonly places = new Map<string, FamilyDeviation>();
  private readonly met = new Map<string, number>();
  private readonly waits: Waits | null;

  /** Throws ArgumentError for anything but deviations, and for two at one decision. */
  constructor(deviations: readonly FamilyDeviation[]) {
    if (!Array.isArray(deviations))
      throw new ArgumentError(
        'ERR_INVALID_ARG_TYPE',
        `a Schedule is made of a list of { family, occurrence, choice }, got ${show(deviations)}; Schedule.parse reads its text`,
      );
    this.deviations = deviations;
    for (const deviation of deviations) {
      const { family, occurrence, choice, ahead = 1 } = deviation;
      const place = `${family}@${occurrence}`;
      checkFamily(family, place);
      checkInteger('occurrence', occurrence, 0);
      checkInteger('choice', choice, 1);
      checkInteger('ahead', ahead, 1);
      if (ahead > 1 && (family !== 'order' || choice !== 1))
        throw new ArgumentError(
          'ERR_INVALID_ARG_VALUE',
          `${place}=${choice}x${ahead}: only order with choice 1 lets several go ahead`,
        );
      if (this.places.has(place))
        throw new ArgumentError(
          'ERR_INVALID_ARG_VALUE',
          `${place} is decided on twice: leave one of the two out`,
        );
      this.places.set(place, deviation);
    }
    this.waits = deviations.some(({ ahead = 1 }) => ahead > 1) ? new Waits() : null;
  }

  /** Reads what `toString` wrote. Throws ArgumentError for anything else. */
  static parse(text: string): Schedule {
    if (typeof text !== 'string')
      throw new ArgumentError('ERR_INVALID_ARG_TYPE', `Schedule.parse reads text, got ${show(text)}`);
    if (text === 'calm') return new Schedule([]);
    return new Schedule(text.split(',').map((part) => parseDeviation(part)));
  }

  begin(): void {
    this.met.clear();
    this.waits?.begin();
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    const occurrence = this.met.get(label.name) ?? 0;
    this.met.set(label.name, occurrence + 1);
    const deviation = this.places.get(`${label.name}@${occurrence}`) ?? null;
    if (this.waits !== null && chains !== null) return this.waits.choose(chains, deviation);
    return Math.min(deviation?.choice ?? 0, arity - 1);
  }

  toString(): string {
    if (this.deviations.length === 0) return 'calm';
    return this.deviations
      .map(({ family, occurrence, choice, ahead = 1 }) => {
        const wait = ahead > 1 ? `x${ahead}` : '';
        return `${family}@${occurrence}=${choice}${wait}`;
      })
      .join(',');
  }
}

function parseDeviation(part: string): FamilyDeviation {
  const match = /^([a-z-]+)@(\d+)=([1-9]\d*)(?:x([1-9]\d*))?$/.exec(part);
  if (match === null) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${show(part)} is no deviation: it must read FAMILY@OCCURRENCE=CHOICE, as in split@3=2, with one of ${FAMILIES.join(', ')}`,
    );
  }
  const [, family, occurrence, choice, ahead] = match;
  const place = { family: family as Family, occurrence: Number(occurrence), choice: Number(choice) };
  return ahead === undefined ? place : { ...place, ahead: Number(ahead) };
}

function checkFamily(family: unknown, place: string): void {
  if (FAMILIES.includes(family as Family)) return;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `${show(place)}: there is no such fault family; there are ${FAMILIES.join(', ')}`,
  );
}
