/** Where an exception came from, on one line. */
export interface CompactTraceback {
  readonly file: string;
  readonly functionName: string;
  readonly line: number;
  /** The error's name, or the type of a thrown value that is no Error. */
  readonly type: string;
  readonly value: unknown;
  /** `[file|function|line]` for each frame, outermost first, with a space between. */
  readonly info: string;
}
/** asyncore's compact_traceback: the innermost frame, and all of them in short. Reads V8's stack format. */
export declare function compactTraceback(error: unknown): CompactTraceback;
