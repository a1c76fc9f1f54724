import { checkBytes, checkInteger } from './arguments.ts';

/** Makes output when there is room for it, so that it need not all be in memory. */
export interface Producer {
  /**
   * The next chunk; empty or null means "no more", and nothing is asked afterwards. Called only when the chunk before
   * has been sent, so one buffer may be used again and again.
   */
  more(): Uint8Array | null;
}

/** Gives `data` in chunks of `sizeBytes`. 1100 bytes in chunks of 512: [0, 512) [512, 1024) [1024, 1100). */
export class SimpleProducer implements Producer {
  private readonly data: Uint8Array;
  private readonly sizeBytes: number;
  private offset = 0;

  constructor(data: Uint8Array, sizeBytes = 512) {
    this.data = checkBytes('data', data);
    this.sizeBytes = checkInteger('sizeBytes', sizeBytes, 1);
  }

  /** @internal What is left, for merging equal states. */
  stateText(): string {
    return `${this.data.subarray(this.offset)} by ${this.sizeBytes}`;
  }

  more(): Uint8Array {
    const chunk = this.data.subarray(this.offset, this.offset + this.sizeBytes);
    this.offset += chunk.length;
    return chunk;
  }
}
