import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const once: Mistake = (Base) =>
  class extends Base {
    override handleWrite(): void {
      super.handleWrite();
      this.wantWrite(false);
    }
  };

export const flushesOnce: BrokenEcho = {
  name: 'echo: flushes once',
  kind: 'echo',
  group: 'starvation',
  mistake: 'takes its write interest back after one write event, also if that was short, too',
  make: echoOf(once),
};
