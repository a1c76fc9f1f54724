import type { Reactor, Timer } from '../../../src/core/index.ts';
import { LineChannel, PORT, type Stranger, serve } from './text-channel.ts';

const BEAT_MS = 500;
const BEATS = 10;
/** Unheard for so long, a leader steps down. */
const LEASE_MS = 1500;
/** Not hearing the leader for so long, its follower leads. */
const PATIENCE_MS = 3000;

class Leader extends LineChannel {
  readonly isBroken: boolean;
  isLeading = true;
  private beats = 0;
  private heardAtMs = 0;

  constructor(reactor: Reactor, isBroken: boolean) {
    super(reactor);
    this.isBroken = isBroken;
    this.connect({ host: 'follower', port: PORT });
  }

  override handleConnect(): void {
    this.heardAtMs = this.reactor.now();
    this.beat();
  }

  override handleLine(_line: string): void {
    this.heardAtMs = this.reactor.now();
  }

  private beat(): void {
    // The mistake: goes on leading though nobody answers.
    if (!this.isBroken && this.reactor.now() - this.heardAtMs >= LEASE_MS) this.isLeading = false;
    if (this.beats === BEATS) this.isLeading = false;
    if (!this.isLeading) return;
    this.beats += 1;
    this.say('beat\n');
    this.callLater(BEAT_MS, () => this.beat());
  }
}

class Follower extends LineChannel {
  private readonly lead: () => void;
  private patience: Timer | null = null;

  constructor(parameters: ConstructorParameters<typeof LineChannel>, lead: () => void) {
    super(...parameters);
    this.lead = lead;
    this.wait();
  }

  override handleLine(_line: string): void {
    this.wait();
    this.say('heard\n');
  }

  private wait(): void {
    this.patience?.cancel();
    this.patience = this.reactor.callLater(PATIENCE_MS, this.lead);
  }
}

export const leader: Stranger = {
  name: 'a leader and its follower',
  mistake: 'goes on leading while it is cut off, when its follower leads already',
  deviations: 1,
  scenario: (isBroken) => ({
    name: 'leader',
    families: ['order', 'split', 'partition'],
    run: { allowOpen: true },
    setup(sim) {
      let isFollowerLeading = false;
      const lead = (): void => {
        isFollowerLeading = true;
      };
      serve(sim, 'follower', (...parameters) => new Follower(parameters, lead));
      const first = new Leader(sim.host('leader').reactor, isBroken);
      sim.network.link('leader', 'follower').mayPartition();
      sim.always('there are never two leaders', () => !(first.isLeading && isFollowerLeading));
    },
  }),
};
