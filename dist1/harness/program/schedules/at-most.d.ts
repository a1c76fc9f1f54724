import type { Strategy } from '../../../sim/index.ts';
/** `strategy`, calm after so many deviations. */
export declare function atMost(deviations: number, strategy: Strategy): Strategy;
