import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Greedy extends Half {
  override keep(rest: Uint8Array): void {
    this.queue.append(rest);
    this.wantWrite(true);
  }
}

export const echoReadsWithoutLimit: BrokenEcho = {
  name: 'echo: reads without limit',
  kind: 'echo',
  group: 'memory',
  mistake: 'goes on reading while the client does not',
  make: echoOf(Greedy),
};
