import type { Address } from '../../core/index.ts';
import type { Family, Label, Weather } from '../../sim/index.ts';
import { hash, RandomStrategy } from '../../sim/strategies/random.ts';

/** A fault that has happened on a real connection. */
export interface FlakyFault {
  /** When, in milliseconds on the transport's clock. */
  readonly atMs: number;
  /** Counts from 1 in the order in which connections were made and accepted. */
  readonly connection: number;
  /** `in` is what this process receives, `out` what it sends; the others are the connection itself. */
  readonly direction: 'connect' | 'accept' | 'in' | 'out';
  readonly remote: Address | null;
  readonly family: Family;
  /** What happened, in words: `send accepts 6 of 8 bytes`. */
  readonly text: string;
}

/** What is drawn for one connection, and who hears of it. */
export class Chance {
  readonly connection: number;
  readonly remote: Address | null;
  private readonly strategies: readonly RandomStrategy[];
  private readonly report: (fault: Omit<FlakyFault, 'atMs'>) => void;

  constructor(
    seed: number,
    weather: Weather,
    connection: number,
    remote: Address | null,
    report: (fault: Omit<FlakyFault, 'atMs'>) => void,
  ) {
    this.connection = connection;
    this.remote = remote;
    this.report = report;
    // Each direction draws for itself, so that what one meets does not depend on how the other is interleaved with it.
    this.strategies = [0, 1].map((side) => new RandomStrategy(hash(seed, connection, side), weather));
  }

  /** The choice, 0 being the calm one; what is not calm is reported as `text(choice)`. */
  draw(
    label: Label,
    arity: number,
    direction: FlakyFault['direction'],
    text: (choice: number) => string,
  ): number {
    if (arity < 2) return 0;
    const choice = this.strategies[direction === 'out' ? 1 : 0].choose(label, arity);
    if (choice !== 0) {
      const { connection, remote } = this;
      this.report({ connection, direction, remote, family: label.name as Family, text: text(choice) });
    }
    return choice;
  }
}
