import type { ClientRelay, ForwardClient } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake, sharedBy } from './variation.ts';

const newestOf = sharedBy(() => ({ client: null as ClientRelay | null }));

/** It notes itself as the client that a remote is wanted for. */
const noted: Mistake<ForwardClient> = (Base) =>
  class extends Base {
    // biome-ignore lint/suspicious/noExplicitAny: a mixin's parameters must be of the type any.
    constructor(...parameters: any[]) {
      super(...parameters);
      newestOf(this).client = this;
    }
  };

const hasty: Mistake = (Base) =>
  class extends Base {
    override handleConnect(): void {
      const { client } = newestOf(this.peer as ClientRelay);
      this.peer = client!;
      client!.peer = this;
      super.handleConnect();
    }
  };

export const mixesUpConnections: BrokenForward = {
  name: 'forward: mixes up connections',
  kind: 'forward',
  group: 'ordering',
  mistake: 'joins a remote that has connected with the client that was accepted last',
  make: forwardOf(noted, hasty),
};
