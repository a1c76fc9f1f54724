import type { ClientRelay, Outcome } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const lockOf = sharedBy(() => ({ readers: new Set<ClientRelay>(), waiting: [] as ClientRelay[] }));

/** Who reads has a share of a lock, and who ends wants it alone, but keeps its share while it waits for the others. */
const upgrading: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override pass(received: Uint8Array): void {
      lockOf(this).readers.add(this);
      super.pass(received);
    }

    override handleEnd(): void {
      const { readers, waiting } = lockOf(this);
      if ([...readers].some((reader) => reader !== this)) waiting.push(this);
      else super.handleEnd();
    }

    override conclude(outcome: Outcome): void {
      const { readers, waiting } = lockOf(this);
      super.conclude(outcome);
      readers.delete(this);
      const next = waiting.find((other) => readers.size === 0 || (readers.size === 1 && readers.has(other)));
      if (next === undefined || next.closed) return;
      waiting.splice(waiting.indexOf(next), 1);
      next.handleEnd();
    }
  };

export const twoWaitForEachOther: BrokenEcho = {
  name: 'echo: two wait for each other',
  kind: 'echo',
  group: 'starvation',
  mistake: 'lets who ends wait for all that have begun to read, which wait in the same way',
  make: echoOf(upgrading),
};
