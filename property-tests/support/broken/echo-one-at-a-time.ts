import type { ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const turnOf = sharedBy(() => ({ busy: null as ClientRelay | null, waiting: [] as ClientRelay[] }));

/** While one connection waits to send, the others are not read; the first of them is woken when it has sent. */
const exclusive: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override handleRead(): void {
      const { busy, waiting } = turnOf(this);
      if (busy === null || busy === this) super.handleRead();
      else {
        this.wantRead(false);
        waiting.push(this);
      }
    }

    override keep(rest: Uint8Array): boolean {
      turnOf(this).busy = this;
      return super.keep(rest);
    }

    override handleWrite(): void {
      super.handleWrite();
      const turn = turnOf(this);
      if (turn.busy !== this || this.unsentBytes > 0) return;
      turn.busy = null;
      turn.waiting.shift()?.wantRead(true);
    }
  };

export const oneAtATime: BrokenEcho = {
  name: 'echo: one at a time',
  kind: 'echo',
  group: 'starvation',
  mistake: 'lets nobody be read while one connection waits to send, and never lets go if that one is reset',
  make: echoOf(exclusive),
};
