/** One line on standard error that says how far a download is. */
export declare class GetProgress {
  private readonly isShown;
  private totalBytes;
  private doneBytes;
  private beganAtMs;
  private shownAtMs;
  private hasShown;
  constructor(isShown: boolean);
  begin(contentLength: string | null): void;
  add(sizeBytes: number): void;
  end(): void;
  private show;
}
