import type { ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const roundOf = sharedBy(() => ({ writers: [] as ClientRelay[], next: 0 }));

/** Those that wait to send take turns. The one after the last is nobody: the place is not taken modulo the number. */
const rotating: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override keep(rest: Uint8Array): boolean {
      const { writers } = roundOf(this);
      if (!writers.includes(this)) writers.push(this);
      return super.keep(rest);
    }

    override handleWrite(): void {
      const round = roundOf(this);
      const { writers } = round;
      if (writers.includes(this) && writers[round.next] !== this) return;
      super.handleWrite();
      if (this.unsentBytes === 0 && writers.includes(this)) writers.splice(round.next, 1);
      else round.next = (round.next + 1) % Math.max(1, writers.length);
      writers[round.next]?.wantWrite(true);
    }
  };

export const losesATurn: BrokenEcho = {
  name: 'echo: loses a turn',
  kind: 'echo',
  group: 'starvation',
  mistake:
    'lets those that wait to send take turns, and gives none to anybody after the last in line is done',
  make: echoOf(rotating),
};
