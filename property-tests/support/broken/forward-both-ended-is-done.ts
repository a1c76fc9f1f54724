import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const finishing: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      if ((this.peer as this).hasReceivedEnd) this.conclude(ALL_PASSED_ON);
      else super.handleEnd();
    }
  };

export const bothEndedIsDone: BrokenForward = {
  name: 'forward: both ended is done',
  kind: 'forward',
  group: 'ordering',
  mistake: 'closes as soon as both sides have ended, though one may still have bytes to get',
  make: forwardOf(finishing, finishing),
};
