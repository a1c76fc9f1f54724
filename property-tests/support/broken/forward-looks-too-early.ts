import type { Address } from '../../../src/core/index.ts';
import type { ClientRelay, Outcome } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, none, sharedBy } from './variation.ts';

const REST_MS = 1;

const queueOf = sharedBy(() => ({
  starts: [] as (() => void)[],
  starting: new Set<unknown>(),
  isBusy: false,
}));

/** One remote is connected at a time, and a moment lies between two. Whether another waits is asked before it. */
const oneByOne: Mistake = (Base) =>
  class extends Base {
    override connect(remote: Address): void {
      const queue = queueOf(this.peer as ClientRelay);
      const start = (): void => {
        queue.starting.add(this);
        super.connect(remote);
      };
      if (queue.isBusy) queue.starts.push(start);
      else {
        queue.isBusy = true;
        start();
      }
    }

    override handleConnect(): void {
      this.startNext();
      super.handleConnect();
    }

    override conclude(outcome: Outcome): void {
      this.startNext();
      super.conclude(outcome);
    }

    private startNext(): void {
      const queue = queueOf(this.peer as ClientRelay);
      if (!queue.starting.delete(this)) return;
      const hasNext = queue.starts.length > 0;
      this.reactor.clock.setTimer(REST_MS, () => {
        if (hasNext) queue.starts.shift()!();
        else queue.isBusy = false;
      });
    }
  };

export const looksTooEarly: BrokenForward = {
  name: 'forward: looks too early',
  kind: 'forward',
  group: 'starvation',
  mistake: 'connects one remote at a time, and forgets a client that comes in the moment between two',
  make: forwardOf(none, oneByOne),
};
