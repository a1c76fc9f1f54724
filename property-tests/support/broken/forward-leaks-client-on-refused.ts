import type { CloseReason } from '../../../src/core/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, none } from './variation.ts';

const leaking: Mistake = (Base) =>
  class extends Base {
    override handleClose(reason: CloseReason): void {
      if (reason.kind !== 'refused') super.handleClose(reason);
    }
  };

export const leaksClientOnRefused: BrokenForward = {
  name: 'forward: leaks the client of a refused remote',
  kind: 'forward',
  group: 'ending',
  mistake: 'leaves the client open when the remote refuses',
  make: forwardOf(none, leaking),
};
