import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Hurried extends Half {
  override handleEnd(): void {
    this.other.passEnd();
  }
}

export const endOvertakes: BrokenForward = {
  name: 'forward: the end overtakes bytes',
  kind: 'forward',
  group: 'ending',
  mistake: 'passes on the end of stream although bytes still wait',
  make: forwardOf(Hurried),
};
