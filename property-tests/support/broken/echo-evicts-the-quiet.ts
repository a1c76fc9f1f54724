import { ALL_PASSED_ON, type ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

/** Reads of other connections after which one that was not read meanwhile is taken for dead. */
const QUIET_READS_MAX = 6;

const registerOf = sharedBy(() => ({ reads: 0, readAt: new Map<ClientRelay, number>() }));

const evicting: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override handleRead(): void {
      const register = registerOf(this);
      register.reads += 1;
      register.readAt.set(this, register.reads);
      super.handleRead();
      for (const [channel, readAt] of register.readAt) {
        if (register.reads - readAt > QUIET_READS_MAX) channel.conclude(ALL_PASSED_ON);
      }
    }

    override handleEnd(): void {
      registerOf(this).readAt.delete(this);
      super.handleEnd();
    }
  };

export const evictsTheQuiet: BrokenEcho = {
  name: 'echo: evicts the quiet',
  kind: 'echo',
  group: 'starvation',
  mistake: 'closes a connection that was not read while others were read several times',
  make: echoOf(evicting),
};
