import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Greedy extends Half {
  override keep(rest: Uint8Array): void {
    this.queue.append(rest);
    this.wantWrite(true);
  }
}

export const forwardReadsWithoutLimit: BrokenForward = {
  name: 'forward: reads without limit',
  kind: 'forward',
  group: 'memory',
  mistake: 'goes on reading one side while the other is stuck',
  make: forwardOf(Greedy),
};
