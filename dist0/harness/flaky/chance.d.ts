import type { Address } from '../../core/index.ts';
import type { Family, Label, Weather } from '../../sim/index.ts';
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
export declare class Chance {
  readonly connection: number;
  readonly remote: Address | null;
  private readonly strategies;
  private readonly report;
  constructor(
    seed: number,
    weather: Weather,
    connection: number,
    remote: Address | null,
    report: (fault: Omit<FlakyFault, 'atMs'>) => void,
  );
  /** The choice, 0 being the calm one; what is not calm is reported as `text(choice)`. */
  draw(
    label: Label,
    arity: number,
    direction: FlakyFault['direction'],
    text: (choice: number) => string,
  ): number;
}
