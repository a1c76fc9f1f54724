import type { ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const WORK_MS = 1;
const FALL_ASLEEP_MS = 2;

const workerOf = sharedBy(() => ({ jobs: [] as (() => void)[], isAwake: false }));

/** A worker takes what was read from a list. It looks whether the list is empty, and sleeps a moment later. */
const working: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override pass(received: Uint8Array): void {
      const copy = new Uint8Array(received);
      this.hand(() => {
        if (!this.closed) super.pass(copy);
      });
    }

    override handleEnd(): void {
      this.hand(() => {
        if (!this.closed) super.handleEnd();
      });
    }

    private hand(job: () => void): void {
      const worker = workerOf(this);
      worker.jobs.push(job);
      if (worker.isAwake) return;
      worker.isAwake = true;
      this.work();
    }

    private work(): void {
      const worker = workerOf(this);
      const { clock } = this.reactor;
      for (const job of worker.jobs.splice(0)) job();
      clock.setTimer(WORK_MS, () => {
        if (worker.jobs.length > 0) this.work();
        else
          clock.setTimer(FALL_ASLEEP_MS, () => {
            worker.isAwake = false;
          });
      });
    }
  };

export const looksBeforeItSleeps: BrokenEcho = {
  name: 'echo: looks before it sleeps',
  kind: 'echo',
  group: 'ordering',
  mistake:
    'has a worker that finds nothing to do, sleeps a moment later, and is not woken for what came between',
  make: echoOf(working),
};
