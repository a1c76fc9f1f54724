// The one door through which chance enters. The simulation asks, a strategy answers, and this records.
import { show } from '../../core/arguments.ts';
import { ArgumentError, AssertionFailure } from '../../core/errors.ts';
import { FIRST_PROGRAM_LABEL, type Label } from './label.ts';

/** Something that runs in order by itself: a connection's direction, a host's timers, a host's turn. */
export interface Chain {
  /** Unique and stable within a scenario: the same chain has the same number in every run that made it at the same point. */
  readonly chainId: number;
  /** How many of its events have happened: with `chainId` it names the next one. */
  readonly taken: number;
}

/** What answers decisions. */
export interface Strategy {
  /** Called before the first decision of each run. */
  begin(): void;
  /**
   * The choice, from 0 (included, the calm one) to `arity` (excluded). `chains` are the candidates of an order decision;
   * `owner` is whose decision another one is, if it is a chain's.
   */
  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number;
}

/** Always the perfect network. */
export const calm: Strategy = { begin: () => {}, choose: () => 0 };

/** One recorded decision. */
export interface Decision {
  readonly label: Label;
  readonly arity: number;
  readonly choice: number;
}

/** The decisions of one run, in order: its schedule. A decision with one possibility is not recorded. */
export class Decisions {
  /** How many there are. */
  length = 0;
  /** How many decisions were not calm. */
  deviationCount = 0;
  // Written by place, and longer than `length` where they served a longer run before.
  private readonly madeLabels: Label[] = [];
  private readonly madeArities: number[] = [];
  private readonly madeChoices: number[] = [];
  private strategy: Strategy;
  private limits: Int32Array | null;

  /** `limits` gives, by label index, how many deviations of a family one run may have; -1 is no limit. */
  constructor(strategy: Strategy, limits: Int32Array | null = null) {
    if (typeof strategy?.begin !== 'function' || typeof strategy.choose !== 'function')
      throw noStrategy(strategy);
    this.strategy = strategy;
    this.limits = limits === null ? null : limits.slice();
    strategy.begin();
  }

  /** @internal Forgets what was decided, and records another run. */
  restart(strategy: Strategy, limits: Int32Array | null): void {
    this.length = 0;
    this.deviationCount = 0;
    this.strategy = strategy;
    this.limits = limits === null ? null : limits.slice();
    strategy.begin();
  }

  get labels(): readonly Label[] {
    return this.cutToLength(this.madeLabels);
  }

  get arities(): readonly number[] {
    return this.cutToLength(this.madeArities);
  }

  get choices(): readonly number[] {
    return this.cutToLength(this.madeChoices);
  }

  decide(
    label: Label,
    arity: number,
    chains: readonly Chain[] | null = null,
    owner: Chain | null = null,
  ): number {
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
    const place = this.length;
    this.length = place + 1;
    this.madeLabels[place] = label;
    this.madeArities[place] = arity;
    this.madeChoices[place] = choice;
    if (choice !== 0) {
      this.deviationCount += 1;
      // Below zero is no limit, and stays what it was: states that differ in nothing else must be equal.
      if (isLimited && limits[label.index] > 0) limits[label.index] -= 1;
    }
    return choice;
  }

  /** @internal Whether a family may deviate only so many times. */
  isLimited(label: Label): boolean {
    return this.limits !== null && this.limits[label.index] >= 0;
  }

  /** @internal How many deviations each limited family has left, as text. */
  limitsText(): string {
    return this.limits === null ? '' : this.limits.join();
  }

  at(index: number): Decision {
    return { label: this.labels[index], arity: this.arities[index], choice: this.choices[index] };
  }

  private cutToLength<T>(made: T[]): readonly T[] {
    if (made.length > this.length) made.length = this.length;
    return made;
  }
}

function noStrategy(found: unknown): ArgumentError {
  const hint =
    typeof found === 'string'
      ? '; Schedule.parse of foulweather/fast-check reads a schedule, and explore, everySchedule and verify take a replay string'
      : '';
  return new ArgumentError(
    'ERR_INVALID_ARG_TYPE',
    `a strategy must have begin and choose, as what random, pct, pos and swarm give and a Schedule have; got ${show(found)}${hint}`,
  );
}
