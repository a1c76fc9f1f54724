import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Hasty extends Half {
  override take(data: Uint8Array): void {
    this.send(data);
  }
}

export const dropsTheRest: BrokenEcho = {
  name: 'echo: drops the rest',
  kind: 'echo',
  group: 'bytes',
  mistake: 'drops what a short send did not accept',
  make: echoOf(Hasty),
};
