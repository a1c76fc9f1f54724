import type { CloseReason } from '../../../src/core/index.ts';
import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

class Leaking extends Half {
  override handleClose(reason: CloseReason): void {
    if (reason.kind !== 'refused') super.handleClose(reason);
  }
}

export const leaksClientOnRefused: BrokenForward = {
  name: 'forward: leaks the client of a refused remote',
  kind: 'forward',
  group: 'ending',
  mistake: 'leaves the client open when the remote refuses',
  make: forwardOf(Leaking),
};
