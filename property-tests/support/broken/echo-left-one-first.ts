import type { ClientRelay, Outcome } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const SEATS = 3;
const REACH_MS = 1;

const tableOf = sharedBy(() => ({
  seated: 0,
  forks: new Map<number, ClientRelay>(),
  hungry: [] as (() => void)[],
}));

/** Each connection needs two of three forks to be read, and takes the left one first (Dijkstra's dining philosophers). */
const dining: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    private seat = -1;
    private hasBoth = false;

    override handleRead(): void {
      if (this.hasBoth) {
        super.handleRead();
        return;
      }
      this.wantRead(false);
      if (this.seat >= 0) return;
      const table = tableOf(this);
      this.seat = table.seated % SEATS;
      table.seated += 1;
      this.reach(this.seat, () =>
        this.reactor.clock.setTimer(REACH_MS, () =>
          this.reach((this.seat + 1) % SEATS, () => {
            this.hasBoth = true;
            if (!this.closed) this.wantRead(true);
            else this.putDown();
          }),
        ),
      );
    }

    override conclude(outcome: Outcome): void {
      super.conclude(outcome);
      if (this.hasBoth || this.seat < 0) this.putDown();
    }

    private reach(fork: number, then: () => void): void {
      const { forks, hungry } = tableOf(this);
      if (forks.has(fork)) hungry.push(() => this.reach(fork, then));
      else {
        forks.set(fork, this);
        then();
      }
    }

    private putDown(): void {
      const { forks, hungry } = tableOf(this);
      for (const [fork, owner] of [...forks]) if (owner === this) forks.delete(fork);
      for (const retry of hungry.splice(0)) retry();
    }
  };

export const leftOneFirst: BrokenEcho = {
  name: 'echo: the left one first',
  kind: 'echo',
  group: 'starvation',
  mistake:
    'lets each connection take one of two things that it shares with its neighbours, and wait for the other',
  make: echoOf(dining),
};
