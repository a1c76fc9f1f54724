import type { CloseReason } from '../../../src/core/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const telling: Mistake = (Base) =>
  class extends Base {
    private isTelling = false;

    override handleClose(reason: CloseReason): void {
      super.handleClose(reason);
      this.isTelling = true;
      if (!(this.peer as this).isTelling) this.peer.handleClose(reason);
    }
  };

export const closesTwice: BrokenForward = {
  name: 'forward: closes twice',
  kind: 'forward',
  group: 'ending',
  mistake: 'tells the other side of a reset by calling its close handler, after that was closed already',
  make: forwardOf(telling, telling),
};
