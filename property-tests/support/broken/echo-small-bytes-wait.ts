import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

const SMALL_BYTES = 1;
const DELAY_MS = 1;

/** Small pieces wait a moment for more; others go at once. */
class Nagling extends Half {
  private readonly small: Uint8Array[] = [];

  override take(data: Uint8Array): void {
    if (data.length > SMALL_BYTES) {
      super.take(data);
      return;
    }
    this.small.push(data.slice());
    this.callLater(DELAY_MS, () => this.sendSmall());
  }

  override handleEnd(): void {
    while (this.small.length > 0) this.sendSmall();
    super.handleEnd();
  }

  private sendSmall(): void {
    const data = this.small.shift();
    if (data !== undefined) super.take(data);
  }
}

export const smallBytesWait: BrokenEcho = {
  name: 'echo: small pieces wait',
  kind: 'echo',
  group: 'ordering',
  mistake: 'holds back small pieces for a moment, while larger ones overtake them',
  make: echoOf(Nagling),
};
