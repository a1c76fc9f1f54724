import type { ClientRelay, Outcome } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const lineOf = sharedBy(() => ({ line: [] as ClientRelay[], resting: [] as ClientRelay[] }));

/** Connections are served one after the other, as they came. Who is next is found in the line, who is woken among those that rest. */
const inLine: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    // biome-ignore lint/suspicious/noExplicitAny: a mixin's parameters must be of the type any.
    constructor(...parameters: any[]) {
      super(...parameters);
      lineOf(this).line.push(this);
    }

    override handleRead(): void {
      const { line, resting } = lineOf(this);
      if (line[0] === this) super.handleRead();
      else {
        this.wantRead(false);
        resting.push(this);
      }
    }

    override conclude(outcome: Outcome): void {
      super.conclude(outcome);
      const { line, resting } = lineOf(this);
      if (line.includes(this)) line.splice(line.indexOf(this), 1);
      const next = resting.shift();
      if (next !== undefined && !next.closed) next.wantRead(true);
    }
  };

export const wakesTheWrongOne: BrokenEcho = {
  name: 'echo: wakes the wrong one',
  kind: 'echo',
  group: 'starvation',
  mistake: 'serves one connection after the other as they came, but wakes the one that came to rest first',
  make: echoOf(inLine),
};
