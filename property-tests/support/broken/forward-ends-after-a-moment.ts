import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

const MOMENT_MS = 5;

const trusting: Mistake = (Base) =>
  class extends Base {
    override handleEnd(): void {
      const { peer } = this;
      if (peer.unsentBytes === 0) peer.passEnd();
      else peer.callLater(MOMENT_MS, () => peer.passEnd());
    }
  };

export const endsAfterAMoment: BrokenForward = {
  name: 'forward: ends after a moment',
  kind: 'forward',
  group: 'ordering',
  mistake:
    'gives bytes that wait a moment to be sent before it passes on the end of stream, however slow the other side',
  make: forwardOf(trusting, trusting),
};
