import type { Host, Simulation } from '../sim/index.ts';
/**
 * Puts `setTimeout`, `setInterval`, `Date` and `performance` on a host's line of time, for programs that `sim.run()` drives
 * synchronously; programs that use promises and streams want `install`. Returns what takes it out again: call it in a
 * `finally`. One at a time in a process.
 */
export declare function useGlobalTimers(sim: Simulation, host: Host): () => void;
