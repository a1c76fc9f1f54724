import { forwardOf, Half } from './half.ts';
import type { BrokenForward } from './service.ts';

/** The remote is read only while nothing can be read from the client. */
class Deferring extends Half {
  override readable(): boolean {
    return super.readable() && !this.other.hasInput;
  }
}

export const clientGoesFirst: BrokenForward = {
  name: 'forward: the client goes first',
  kind: 'forward',
  group: 'starvation',
  mistake: 'does not read the remote while the client is ready, which it stays for ever once it has ended',
  make: forwardOf(Half, Deferring),
};
