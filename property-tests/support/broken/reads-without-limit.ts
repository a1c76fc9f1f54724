import type { BrokenEcho, BrokenForward } from './service.ts';
import { echoOf, forwardOf, type Mistake } from './variation.ts';

const greedy: Mistake = (Base) =>
  class extends Base {
    override hasRoom(): boolean {
      return true;
    }

    override keep(rest: Uint8Array): boolean {
      super.keep(rest);
      return true;
    }
  };

export const echoReadsWithoutLimit: BrokenEcho = {
  name: 'echo: reads without limit',
  kind: 'echo',
  group: 'memory',
  mistake: 'goes on reading while the client does not',
  make: echoOf(greedy),
};

export const forwardReadsWithoutLimit: BrokenForward = {
  name: 'forward: reads without limit',
  kind: 'forward',
  group: 'memory',
  mistake: 'goes on reading one side while the other is stuck',
  make: forwardOf(greedy, greedy),
};
