import { END_OF_STREAM, isBytes } from '../../../src/core/index.ts';
import type { BrokenEcho } from './service.ts';
import { CHUNK_SIZE_BYTES, echoOf, type Mistake } from './variation.ts';

const peeking: Mistake = (Base) =>
  class extends Base {
    override handleRead(): void {
      const received = this.recv(CHUNK_SIZE_BYTES);
      if (!isBytes(received)) return;
      const kept = received.slice();
      const next = this.recv(CHUNK_SIZE_BYTES);
      if (next === END_OF_STREAM) return;
      this.pass(kept);
      if (isBytes(next)) this.pass(next);
    }
  };

export const losesBytesWithTheEnd: BrokenEcho = {
  name: 'echo: loses bytes that come with the end',
  kind: 'echo',
  group: 'ending',
  mistake: 'looks for the end of stream before it has passed on the bytes received in the same turn',
  make: echoOf(peeking),
};
