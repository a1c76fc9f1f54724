import type { CloseReason } from '../../../src/core/index.ts';
import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

const CLEAN_UP_MS = 5;

class Tidy extends Half {
  override handleClose(_reason: CloseReason): void {
    const { other } = this;
    if (!other.closed) other.callLater(CLEAN_UP_MS, () => other.abort());
  }
}

export const actsOnClosed: BrokenForward = {
  name: 'forward: acts on a closed channel',
  kind: 'forward',
  group: 'ordering',
  mistake: 'cleans up a moment later, and until then sends to the side that is closed',
  make: forwardOf(Tidy),
};
