import { type Clock, type Transport } from '../../core/index.ts';
import { type WEATHERS, type Weather } from '../../sim/index.ts';
import { type FlakyFault } from './chance.ts';
export interface FlakyOptions {
  /** A whole number, 0 or more. The same seed and the same traffic on a connection give it the same faults. Default 1. */
  readonly seed?: number;
  /** What stalls wait on. Default: this machine's clock. */
  readonly clock?: Clock;
  /** Told of each fault as it happens. */
  readonly onFault?: (fault: FlakyFault) => void;
}
/**
 * `transport` in a weather: sends and receives are cut short, split, delayed and held together, connections are refused,
 * reset and closed, as likely as the weather says. Bytes that arrive are the right ones, in order. Of the families,
 * `order`, `ready` and `end` are left to the kernel, which decides on them anyway. Files are not touched.
 *
 * What happens is a function of the seed, the connection's number, and how many operations each direction has seen. The
 * kernel decides how many that are: where it joins segments otherwise, a fault may come some bytes earlier or later.
 *
 * Throws ArgumentError for an unknown weather or family, a rate outside of 0 to 1, or a seed that is not a whole number.
 */
export declare function flaky(
  transport: Transport,
  weather: Weather | keyof typeof WEATHERS,
  options?: FlakyOptions,
): Transport;
