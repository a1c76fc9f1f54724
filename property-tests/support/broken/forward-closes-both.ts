import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const impatient: Mistake = (Base) =>
  class extends Base {
    override passEnd(): void {
      this.conclude(ALL_PASSED_ON);
    }
  };

export const closesBoth: BrokenForward = {
  name: 'forward: closes both',
  kind: 'forward',
  group: 'ending',
  mistake: 'closes both directions when one has ended and was flushed',
  make: forwardOf(impatient, impatient),
};
