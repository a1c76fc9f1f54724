import { type Address } from '../../core/index.ts';
import { type Weather } from '../../sim/index.ts';
/** What is wrong with one value; the option's name is put before it. */
export declare class ValueProblem extends Error {}
export type Parser<T> = (text: string) => T;
export declare const port: Parser<number>;
export declare const remotePort: Parser<number>;
export declare const host: Parser<string>;
/** A whole number from `minimum` on. */
export declare function count(minimum: number, maximum?: number): Parser<number>;
/** Milliseconds from `500ms`, `30s`, `5m`, `1h`, or a bare number of seconds; at most 24 days. */
export declare const duration: Parser<number>;
/** Bytes from `65536`, `64K`, `64KiB`, `1M`, `1G`. */
export declare const size: Parser<number>;
/** One of `choices`. */
export declare function oneOf<T extends string>(...choices: readonly T[]): Parser<T>;
export declare const text: Parser<string>;
/** `PORT`, `HOST:PORT`, `[IPV6]:PORT`, `unix:PATH` or `/PATH`. */
export declare function address(defaultHost: string, parsePort: Parser<number>): Parser<Address>;
export interface ForwardPair {
  readonly local: Address;
  readonly remote: Address;
}
/**
 * `LOCAL=REMOTE`, each an address. A path may contain `=`: where there are several, the one is meant that has an
 * address on either side. Text that can be read in two ways is refused.
 */
export declare const forwardPair: Parser<ForwardPair>;
/** A preset of the weather, or rates by family: `storm`, or `split=0.5,reset=0.01`. */
export declare const weather: Parser<Weather>;
