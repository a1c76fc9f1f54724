import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const impatient: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      super.handleEnd();
      this.handleWrite();
    }
  };

export const callsItsOwnHandler: BrokenEcho = {
  name: 'echo: calls its own handler',
  kind: 'echo',
  group: 'ending',
  mistake: 'calls its write handler itself at the end of stream, when it may be closed already',
  make: echoOf(impatient),
};
