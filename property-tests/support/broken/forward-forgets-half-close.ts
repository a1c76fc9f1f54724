import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const forgetful: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      if ((this.peer as this).hasReceivedEnd) this.conclude(ALL_PASSED_ON);
    }
  };

export const forgetsHalfClose: BrokenForward = {
  name: 'forward: forgets the half-close',
  kind: 'forward',
  group: 'ending',
  mistake: 'passes on no end of stream before both sides have ended',
  make: forwardOf(forgetful, forgetful),
};
