interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}
/** `setTimeout` of timers/promises. */
export declare function wait<T>(delayMs?: number, value?: T, options?: WaitOptions): Promise<T>;
/** `setInterval` of timers/promises. What falls due while the consumer is busy is handed over late, but not lost. */
export declare function every<T>(delayMs?: number, value?: T, options?: WaitOptions): AsyncGenerator<T, void>;
