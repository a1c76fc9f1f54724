import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Forgetful extends Half {
  override handleEnd(): void {
    this.owesEnd = true;
    if (this.other.inputIsOver) this.closeBoth();
  }

  override drained(): void {
    this.other.wantRead(true);
  }
}

export const forgetsHalfClose: BrokenForward = {
  name: 'forward: forgets the half-close',
  kind: 'forward',
  group: 'ending',
  mistake: 'passes on no end of stream before both sides have ended',
  make: forwardOf(Forgetful),
};
