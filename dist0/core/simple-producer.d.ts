/** Makes output when there is room for it, so that it need not all be in memory. */
export interface Producer {
  /**
   * The next chunk; empty or null means "no more", and nothing is asked afterwards. Called only when the chunk before
   * has been sent, so one buffer may be used again and again.
   */
  more(): Uint8Array | null;
}
/** Gives `data` in chunks of `sizeBytes`. 1100 bytes in chunks of 512: [0, 512) [512, 1024) [1024, 1100). */
export declare class SimpleProducer implements Producer {
  private readonly data;
  private readonly sizeBytes;
  private offset;
  constructor(data: Uint8Array, sizeBytes?: number);
  more(): Uint8Array;
}
