/** How many patterns of loss a rate has: a schedule draws one of them, and 0 is the calm one. */
export declare const LOSS_PATTERNS = 16;
export type LossOptions =
  /** From 0 to 1, both included: how likely each segment is lost. */
  | {
      readonly rate: number;
      readonly every?: undefined;
    }
  /** 1 or more: each so-manieth segment is lost, counted from the call. */
  | {
      readonly every: number;
      readonly rate?: undefined;
    };
/** Throws ArgumentError. */
export declare function checkLoss(options: LossOptions): LossOptions;
/** What a link loses, segment by segment, sent again or not. */
export declare class LossPlan {
  private readonly every;
  private readonly threshold;
  private readonly pattern;
  private readonly place;
  private count;
  /** `pattern` is from 0 to LOSS_PATTERNS (excluded); `place` tells links apart that have the same. */
  constructor({ rate, every }: LossOptions, pattern: number, place: string);
  /** Whether the segment that has come is lost. */
  strikes(): boolean;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
}
