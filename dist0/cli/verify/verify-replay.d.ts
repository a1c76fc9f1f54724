/** Runs one recorded schedule, and prints its trace, its deviations and what came of it. */
export declare function replayOne(
  schedule: string,
  runTimeoutMs: number,
  modules: readonly string[],
): Promise<void>;
