import { checkBytes, checkInteger } from './arguments.js';
/** Gives `data` in chunks of `sizeBytes`. 1100 bytes in chunks of 512: [0, 512) [512, 1024) [1024, 1100). */
export class SimpleProducer {
  constructor(data, sizeBytes = 512) {
    this.offset = 0;
    this.data = checkBytes('data', data);
    this.sizeBytes = checkInteger('sizeBytes', sizeBytes, 1);
  }
  more() {
    const chunk = this.data.subarray(this.offset, this.offset + this.sizeBytes);
    this.offset += chunk.length;
    return chunk;
  }
}
