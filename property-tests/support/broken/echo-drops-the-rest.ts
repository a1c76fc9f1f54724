import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const hasty: Mistake = (Base) =>
  class extends Base {
    override keep(_rest: Uint8Array): boolean {
      return true;
    }
  };

export const dropsTheRest: BrokenEcho = {
  name: 'echo: drops the rest',
  kind: 'echo',
  group: 'bytes',
  mistake: 'drops what a short send did not accept',
  make: echoOf(hasty),
};
