import type { ClientRelay, ForwardClient } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, sharedBy } from './variation.ts';

const pendingOf = sharedBy(() => ({ client: null as ClientRelay | null }));

const noted: Mistake<ForwardClient> = (Base) =>
  class extends Base {
    // biome-ignore lint/suspicious/noExplicitAny: a mixin's parameters must be of the type any.
    constructor(...parameters: any[]) {
      super(...parameters);
      pendingOf(this).client = this;
    }
  };

const waking: Mistake = (Base) =>
  class extends Base {
    override handleConnect(): void {
      const pending = pendingOf(this.peer as ClientRelay);
      pending.client?.wantRead(true);
      pending.client = null;
    }
  };

export const onePendingConnect: BrokenForward = {
  name: 'forward: one pending connect',
  kind: 'forward',
  group: 'starvation',
  mistake:
    'remembers one client that waits for its remote, and never reads another that waits at the same time',
  make: forwardOf(noted, waking),
};
