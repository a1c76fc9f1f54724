import type { CloseReason } from '../../../src/core/index.ts';
import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const polite: Mistake = (Base) =>
  class extends Base {
    override handleClose(_reason: CloseReason): void {
      this.conclude(ALL_PASSED_ON);
    }
  };

export const resetBecomesEnd: BrokenForward = {
  name: 'forward: a reset becomes an end',
  kind: 'forward',
  group: 'ending',
  mistake: 'turns a reset on one side into a clean end on the other',
  make: forwardOf(polite, polite),
};
