import type { ClientRelay, ForwardClient, Outcome } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, none } from './variation.ts';

const panicking: Mistake<ForwardClient> = (Base) =>
  class extends Base {
    override conclude(outcome: Outcome): void {
      super.conclude(outcome);
      if (outcome.cause !== 'end') (this as ClientRelay).server.abortConnections(outcome);
    }
  };

export const oneFailureEndsAll: BrokenForward = {
  name: 'forward: one failure ends all',
  kind: 'forward',
  group: 'ending',
  mistake: 'resets every connection when one was reset',
  make: forwardOf(panicking, none),
};
