import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const SMALL_BYTES = 1;
const DELAY_MS = 1;

/** Small pieces wait a moment for more; others go at once. */
const nagling: Mistake = (Base) =>
  class extends Base {
    private readonly small: Uint8Array[] = [];

    override take(received: Uint8Array): boolean {
      if (received.length > SMALL_BYTES) return super.take(received);
      this.small.push(received.slice());
      this.callLater(DELAY_MS, () => this.sendSmall());
      return true;
    }

    override handleEnd(): void {
      while (this.small.length > 0) this.sendSmall();
      super.handleEnd();
    }

    private sendSmall(): void {
      const data = this.small.shift();
      if (data !== undefined) super.take(data);
    }
  };

export const smallBytesWait: BrokenEcho = {
  name: 'echo: small pieces wait',
  kind: 'echo',
  group: 'ordering',
  mistake: 'holds back small pieces for a moment, while larger ones overtake them',
  make: echoOf(nagling),
};
