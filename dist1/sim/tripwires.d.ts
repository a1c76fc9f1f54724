import { SimulationError } from './errors.ts';
/** A function that a scenario must not call, by where it is found. */
export interface Tripwire {
  readonly holder: object | undefined;
  readonly key: string;
  /** As people write it. */
  readonly name: string;
  readonly instead: string;
  /** Whether only a program's own call trips it, and not one that Node makes for it. Default false. */
  readonly isDirect?: boolean;
}
/** Watches for more, from now on: what only another module can reach. */
export declare function watchAlso(more: readonly Tripwire[]): void;
/** Watches while `body` runs. What somebody has replaced already (by fake timers, say) is left to them. */
export declare function withTripwires<T>(body: () => T): T;
/** A part of a scenario runs from here on: wires trip until `disarm` is called with what this returned. */
export declare function arm(): boolean;
export declare function disarm(wasArmed: boolean): void;
/** What has tripped since this was asked last, also if the program has caught what was thrown; null if nothing has. */
export declare function takeTripped(): SimulationError | null;
