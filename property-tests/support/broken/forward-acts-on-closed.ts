import type { CloseReason } from '../../../src/core/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const CLEAN_UP_MS = 5;

const tidy: Mistake = (Base) =>
  class extends Base {
    override handleClose(reason: CloseReason): void {
      if (!this.peer.closed) this.peer.callLater(CLEAN_UP_MS, () => super.handleClose(reason));
    }
  };

export const actsOnClosed: BrokenForward = {
  name: 'forward: acts on a closed channel',
  kind: 'forward',
  group: 'ordering',
  mistake: 'cleans up a moment later, and until then sends to the side that is closed',
  make: forwardOf(tidy, tidy),
};
