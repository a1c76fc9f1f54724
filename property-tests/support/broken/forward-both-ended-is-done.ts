import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Finishing extends Half {
  override handleEnd(): void {
    if (this.other.inputIsOver) this.closeBoth();
    else super.handleEnd();
  }
}

export const bothEndedIsDone: BrokenForward = {
  name: 'forward: both ended is done',
  kind: 'forward',
  group: 'ordering',
  mistake: 'closes as soon as both sides have ended, though one may still have bytes to get',
  make: forwardOf(Finishing),
};
