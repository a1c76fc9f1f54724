// Not in the library: what these do depends on the runs before, so that no search can count on them.
import type { EchoService, ForwardService } from './service.ts';
import { echoOf, forwardOf, type Mistake, none } from './variation.ts';

/** A counter at module level, as caches, pools and numbers of requests often are. */
let received = 0;

const remembering: Mistake = (Base) =>
  class extends Base {
    override pass(bytes: Uint8Array): void {
      received += 1;
      if (received % 3 > 0 || bytes.length < 2) super.pass(bytes);
      else {
        super.pass(bytes.subarray(0, 1));
        super.pass(bytes.subarray(1));
      }
    }
  };

export const echoRemembers: EchoService & { readonly name: string } = {
  name: 'echo: remembers earlier runs',
  kind: 'echo',
  make: echoOf(remembering),
};

export const forwardRemembers: ForwardService & { readonly name: string } = {
  name: 'forward: remembers earlier runs',
  kind: 'forward',
  make: forwardOf(remembering, none),
};
