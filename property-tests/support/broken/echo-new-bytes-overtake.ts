import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Overtaking extends Half {
  override take(data: Uint8Array): void {
    const accepted = this.send(data);
    if (accepted < data.length) this.keep(data.subarray(accepted));
  }
}

export const newBytesOvertake: BrokenEcho = {
  name: 'echo: new bytes overtake',
  kind: 'echo',
  group: 'bytes',
  mistake: 'sends new bytes at once although older ones still wait after a short send',
  make: echoOf(Overtaking),
};
