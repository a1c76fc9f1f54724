import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const DELAY_MS = 2;

/** Collects bytes for a moment, then sends them in one piece. The timer counts as set until that piece has gone. */
const collecting: Mistake = (Base) =>
  class extends Base {
    private pieces: number[] = [];
    private isTimerSet = false;
    private endsAfterTimer = false;

    override take(received: Uint8Array): boolean {
      this.pieces.push(...received);
      if (!this.isTimerSet) {
        this.isTimerSet = true;
        this.callLater(DELAY_MS, () => this.sendPieces());
      }
      return true;
    }

    override handleWrite(): void {
      super.handleWrite();
      if (this.unsentBytes === 0) this.timerIsDone();
    }

    override handleEnd(): void {
      if (this.isTimerSet) this.endsAfterTimer = true;
      else super.handleEnd();
    }

    private sendPieces(): void {
      const { pieces } = this;
      this.pieces = [];
      super.take(Uint8Array.from(pieces));
      if (this.unsentBytes === 0) this.timerIsDone();
    }

    private timerIsDone(): void {
      this.isTimerSet = false;
      if (!this.endsAfterTimer) return;
      this.endsAfterTimer = false;
      super.handleEnd();
    }
  };

export const lateBytesMissTheTimer: BrokenEcho = {
  name: 'echo: late bytes miss the timer',
  kind: 'echo',
  group: 'ordering',
  mistake:
    'collects bytes for a moment, and forgets those that come while the ones before still wait to be sent',
  make: echoOf(collecting),
};
