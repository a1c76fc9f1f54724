import { ALL_PASSED_ON } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const abrupt: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      this.conclude(ALL_PASSED_ON);
    }
  };

export const closesBeforeFlushing: BrokenEcho = {
  name: 'echo: closes before flushing',
  kind: 'echo',
  group: 'ending',
  mistake: 'closes at the end of stream with bytes unsent',
  make: echoOf(abrupt),
};
