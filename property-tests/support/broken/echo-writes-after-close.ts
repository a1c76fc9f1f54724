import { END_OF_STREAM, isBytes } from '../../../src/core/index.ts';
import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Late extends Half {
  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    const kept = received.slice();
    if (this.recv(4096) === END_OF_STREAM) this.close();
    this.take(kept);
  }
}

export const writesAfterClose: BrokenEcho = {
  name: 'echo: writes after close',
  kind: 'echo',
  group: 'ending',
  mistake: 'closes at the end of stream, and then sends what came with it',
  make: echoOf(Late),
};
