import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const hurried: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      this.peer.passEnd();
    }
  };

export const endOvertakes: BrokenForward = {
  name: 'forward: the end overtakes bytes',
  kind: 'forward',
  group: 'ending',
  mistake: 'passes on the end of stream although bytes still wait',
  make: forwardOf(hurried, hurried),
};
