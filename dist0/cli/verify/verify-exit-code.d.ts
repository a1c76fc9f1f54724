import { type Demands, type Report } from '../../sim/index.ts';
/** 0 all held, 1 a promise was broken or a demand was not met, 3 a bound was not completed although that was required. */
export declare function exitCodeOf(
  reports: readonly Report[],
  values: Demands & {
    readonly requireComplete: boolean;
  },
): number;
