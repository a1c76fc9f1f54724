import type { CloseReason } from '../../../src/core/index.ts';
import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Polite extends Half {
  override handleClose(_reason: CloseReason): void {
    this.other.close();
  }
}

export const resetBecomesEnd: BrokenForward = {
  name: 'forward: a reset becomes an end',
  kind: 'forward',
  group: 'ending',
  mistake: 'turns a reset on one side into a clean end on the other',
  make: forwardOf(Polite),
};
