import type { ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const pressureOf = sharedBy(() => ({ fullCount: 0, resting: [] as ClientRelay[] }));

/** While any connection is full, the others rest. One that fills twice before it drains is counted twice. */
const considerate: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override handleRead(): void {
      const pressure = pressureOf(this);
      if (pressure.fullCount === 0 || this.unsentBytes > 0) super.handleRead();
      else {
        this.wantRead(false);
        pressure.resting.push(this);
      }
    }

    override keep(rest: Uint8Array): boolean {
      pressureOf(this).fullCount += 1;
      return super.keep(rest);
    }

    override handleWrite(): void {
      const wasFull = this.unsentBytes > 0;
      super.handleWrite();
      const pressure = pressureOf(this);
      if (!wasFull || this.unsentBytes > 0) return;
      pressure.fullCount -= 1;
      if (pressure.fullCount > 0) return;
      for (const channel of pressure.resting.splice(0)) channel.wantRead(true);
    }
  };

export const twoDrainsAreOne: BrokenEcho = {
  name: 'echo: two drains are one',
  kind: 'echo',
  group: 'starvation',
  mistake:
    'lets others rest while a connection is full, and counts one twice that fills again before it drains',
  make: echoOf(considerate),
};
