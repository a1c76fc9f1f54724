import type { Clock } from '../core/clock.ts';
/** Calls `callback` once what Node has already queued is done. */
export declare function runSoon(callback: () => void): void;
/** Milliseconds since the process started. A timer keeps the process alive until it fires or is cancelled. */
export declare const systemClock: Clock;
