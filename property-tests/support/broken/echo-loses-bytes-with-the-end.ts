import { END_OF_STREAM, isBytes } from '../../../src/core/index.ts';
import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Peeking extends Half {
  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    const kept = received.slice();
    const next = this.recv(4096);
    if (next === END_OF_STREAM) return;
    this.take(kept);
    if (isBytes(next)) this.take(next);
  }
}

export const losesBytesWithTheEnd: BrokenEcho = {
  name: 'echo: loses bytes that come with the end',
  kind: 'echo',
  group: 'ending',
  mistake: 'looks for the end of stream before it has passed on the bytes received in the same turn',
  make: echoOf(Peeking),
};
