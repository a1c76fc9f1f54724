import { echoOf, Half, HIGH_WATER_BYTES } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Careless extends Half {
  override keep(rest: Uint8Array): void {
    this.queue.push(rest);
    if (this.queue.byteLength >= HIGH_WATER_BYTES) this.other.wantRead(false);
    this.wantWrite(true);
  }
}

export const keepsTheView: BrokenEcho = {
  name: 'echo: keeps the view',
  kind: 'echo',
  group: 'bytes',
  mistake: 'keeps received bytes without a copy after the handler has returned',
  make: echoOf(Careless),
};
