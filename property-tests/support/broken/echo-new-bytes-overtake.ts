import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

const HIGH_WATER_BYTES = 4;

class Overtaking extends Half {
  override take(data: Uint8Array): void {
    const accepted = this.send(data);
    if (accepted < data.length) this.keep(data.subarray(accepted));
  }

  /** Goes on reading up to a high water mark, so new bytes come while old ones wait. */
  override keep(rest: Uint8Array): void {
    super.keep(rest);
    if (this.queue.byteLength < HIGH_WATER_BYTES) this.other.wantRead(true);
  }
}

export const newBytesOvertake: BrokenEcho = {
  name: 'echo: new bytes overtake',
  kind: 'echo',
  group: 'bytes',
  mistake: 'sends new bytes at once although older ones still wait after a short send',
  make: echoOf(Overtaking),
};
