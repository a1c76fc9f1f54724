/** What a search over a body's schedules has covered so far. */
export declare class Coverage {
  /** Every schedule with at most so many deviations was run; -1 before the calm one. */
  deviations: number;
  /** Schedules run with at most `deviations`. */
  private within;
  /** Schedules run with one more. */
  private beyond;
  private sampled;
  private replayed;
  /** Whether no schedule has more deviations than those run. */
  hasAll: boolean;
  /** Schedules run. */
  get schedules(): number;
  add(kind: 'bounded' | 'sampled' | 'replayed'): void;
  /** Every schedule with one deviation more was run. */
  closeLevel(): void;
  /** In words: `every schedule with at most 1 deviation; 40 with 2; 50 sampled`. */
  toString(): string;
}
