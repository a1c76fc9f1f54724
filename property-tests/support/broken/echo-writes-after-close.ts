import { END_OF_STREAM, isBytes } from '../../../src/core/index.ts';
import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { CHUNK_SIZE_BYTES, echoOf, type Mistake } from './variation.ts';

const late: Mistake = (Base) =>
  class extends Base {
    override handleRead(): void {
      const received = this.recv(CHUNK_SIZE_BYTES);
      if (!isBytes(received)) return;
      const kept = received.slice();
      if (this.recv(CHUNK_SIZE_BYTES) === END_OF_STREAM) this.conclude(ALL_PASSED_ON);
      this.pass(kept);
    }
  };

export const writesAfterClose: BrokenEcho = {
  name: 'echo: writes after close',
  kind: 'echo',
  group: 'ending',
  mistake: 'closes at the end of stream, and then sends what came with it',
  make: echoOf(late),
};
