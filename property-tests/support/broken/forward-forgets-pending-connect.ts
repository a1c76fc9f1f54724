import type { ForwardClient, Outcome } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, none } from './variation.ts';

const forgetful: Mistake<ForwardClient> = (Base) =>
  class extends Base {
    override conclude(outcome: Outcome): void {
      if (this.peer.connecting) this.abort();
      else super.conclude(outcome);
    }
  };

export const forgetsPendingConnect: BrokenForward = {
  name: 'forward: forgets a pending connect',
  kind: 'forward',
  group: 'ordering',
  mistake: 'leaves the remote alone if its client is reset while that is still connecting',
  make: forwardOf(forgetful, none),
};
