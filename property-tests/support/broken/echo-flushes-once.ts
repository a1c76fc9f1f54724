import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Once extends Half {
  override handleWrite(): void {
    this.flush();
    this.wantWrite(false);
    if (this.queue.byteLength === 0) this.drained();
  }
}

export const flushesOnce: BrokenEcho = {
  name: 'echo: flushes once',
  kind: 'echo',
  group: 'starvation',
  mistake: 'takes its write interest back after one write event, also if that was short, too',
  make: echoOf(Once),
};
