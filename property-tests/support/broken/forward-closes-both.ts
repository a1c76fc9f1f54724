import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Impatient extends Half {
  override passEnd(): void {
    this.closeBoth();
  }
}

export const closesBoth: BrokenForward = {
  name: 'forward: closes both',
  kind: 'forward',
  group: 'ending',
  mistake: 'closes both directions when one has ended and was flushed',
  make: forwardOf(Impatient),
};
