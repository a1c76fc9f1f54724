import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const overtaking: Mistake = (Base) =>
  class extends Base {
    override take(received: Uint8Array): boolean {
      const accepted = this.send(received);
      this.sentBytes += accepted;
      return accepted === received.length || this.keep(received.subarray(accepted));
    }
  };

export const newBytesOvertake: BrokenEcho = {
  name: 'echo: new bytes overtake',
  kind: 'echo',
  group: 'bytes',
  mistake: 'sends new bytes at once although older ones still wait after a short send',
  make: echoOf(overtaking),
};
