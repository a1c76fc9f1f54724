import type { CloseReason, Reactor } from '../../../src/core/index.ts';
import type { Simulation } from '../../../src/sim/index.ts';
import { LineChannel, PORT, type Stranger, serve } from './text-channel.ts';

const NAMES = ['a', 'b', 'c'];
const TRIES_MAX = 3;
const RETRY_MS = 2;
const APART_MS = 20;

/** Lets everybody go once all have come. */
class Hub {
  readonly isBroken: boolean;
  readonly names = new Set<string>();
  readonly waiting = new Set<Waiting>();
  private arrivals = 0;

  constructor(isBroken: boolean) {
    this.isBroken = isBroken;
  }

  arrive(name: string, waiting: Waiting): void {
    this.names.add(name);
    this.arrivals += 1;
    this.waiting.add(waiting);
    // The mistake: who was cut off while waiting, and comes again, is counted twice.
    const count = this.isBroken ? this.arrivals : this.names.size;
    if (count < NAMES.length) return;
    for (const each of this.waiting) each.say('go\n');
    this.waiting.clear();
  }
}

class Waiting extends LineChannel {
  private readonly hub: Hub;

  constructor(parameters: ConstructorParameters<typeof LineChannel>, hub: Hub) {
    super(...parameters);
    this.hub = hub;
  }

  override handleLine(name: string): void {
    this.hub.arrive(name, this);
  }

  override handleEnd(): void {
    this.hub.waiting.delete(this);
    super.handleEnd();
  }

  override handleClose(_reason: CloseReason): void {
    this.hub.waiting.delete(this);
  }
}

class Comer extends LineChannel {
  private readonly name: string;
  private readonly tries: number;
  private readonly onGo: () => void;
  private hasGone = false;

  constructor(reactor: Reactor, name: string, tries: number, onGo: () => void) {
    super(reactor);
    this.name = name;
    this.tries = tries;
    this.onGo = onGo;
    this.connect({ host: 'hub', port: PORT });
  }

  override handleConnect(): void {
    this.say(`${this.name}\n`);
  }

  override handleLine(_line: string): void {
    this.hasGone = true;
    this.onGo();
    this.close();
  }

  override handleClose(_reason: CloseReason): void {
    const { reactor, name, tries, onGo } = this;
    if (!this.hasGone && tries < TRIES_MAX)
      reactor.callLater(RETRY_MS, () => new Comer(reactor, name, tries + 1, onGo));
  }
}

function comeInTurn(sim: Simulation): void {
  const begun = new Set<string>();
  let isEarly = false;
  for (const [index, name] of NAMES.entries()) {
    const { reactor } = sim.host(name);
    sim.network.link(name, 'hub').mayBreakIdle();
    sim.at(index * APART_MS, () => {
      begun.add(name);
      new Comer(reactor, name, 1, () => {
        isEarly ||= begun.size < NAMES.length;
      });
    });
  }
  sim.always('nobody goes before all have come', () => !isEarly);
}

export const barrier: Stranger = {
  name: 'a barrier',
  mistake: 'counts one for two who was cut off while waiting, and came again',
  deviations: 1,
  scenario: (isBroken) => ({
    name: 'barrier',
    run: { allowOpen: true },
    setup(sim) {
      const hub = new Hub(isBroken);
      serve(sim, 'hub', (...parameters) => new Waiting(parameters, hub));
      comeInTurn(sim);
    },
  }),
};
