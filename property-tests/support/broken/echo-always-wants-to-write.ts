import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

/** The default of Python's asyncore: docs/asyncore.md, C1. */
const spinning: Mistake = (Base) =>
  class extends Base {
    override writable(): boolean {
      return true;
    }
  };

export const alwaysWantsToWrite: BrokenEcho = {
  name: 'echo: always wants to write',
  kind: 'echo',
  group: 'memory',
  mistake:
    'says that it wants to write although nothing waits, so that an idle connection keeps the processor busy',
  make: echoOf(spinning),
};
