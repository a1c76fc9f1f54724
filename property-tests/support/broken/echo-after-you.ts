import type { ClientRelay, Outcome } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const WORK_MS = 1;

const roomOf = sharedBy(() => ({ interested: new Set<ClientRelay>(), resting: [] as ClientRelay[] }));

/** Who has read is busy for a moment. Who wants to read meanwhile says so and rests; who rests is woken a moment after. */
const polite: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override handleRead(): void {
      const { interested, resting } = roomOf(this);
      const isAlone = [...interested].every((other) => other === this);
      interested.add(this);
      this.wantRead(false);
      if (!isAlone) {
        resting.push(this);
        return;
      }
      super.handleRead();
      this.reactor.clock.setTimer(WORK_MS, () => {
        interested.delete(this);
        if (!this.closed) this.wantRead(true);
        this.wakeOthers();
      });
    }

    override conclude(outcome: Outcome): void {
      super.conclude(outcome);
      roomOf(this).interested.delete(this);
      this.wakeOthers();
    }

    private wakeOthers(): void {
      const woken = roomOf(this).resting.splice(0);
      this.reactor.clock.setTimer(WORK_MS, () => {
        for (const other of woken) if (!other.closed) other.wantRead(true);
      });
    }
  };

export const afterYou: BrokenEcho = {
  name: 'echo: after you',
  kind: 'echo',
  group: 'starvation',
  mistake: 'lets each of two connections that want to read wait until the other does not',
  make: echoOf(polite),
};
