import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

class Abrupt extends Half {
  override handleEnd(): void {
    this.close();
  }
}

export const closesBeforeFlushing: BrokenEcho = {
  name: 'echo: closes before flushing',
  kind: 'echo',
  group: 'ending',
  mistake: 'closes at the end of stream with bytes unsent',
  make: echoOf(Abrupt),
};
