import { Readiness } from '../../../src/core/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, none } from './variation.ts';

/** The remote is read only while nothing can be read from the client. */
const deferring: Mistake = (Base) =>
  class extends Base {
    override readable(): boolean {
      const { channelSource: source } = this.peer;
      return super.readable() && ((source?.readiness ?? 0) & Readiness.READABLE) === 0;
    }
  };

export const clientGoesFirst: BrokenForward = {
  name: 'forward: the client goes first',
  kind: 'forward',
  group: 'starvation',
  mistake: 'does not read the remote while the client is ready, which it stays for ever once it has ended',
  make: forwardOf(none, deferring),
};
