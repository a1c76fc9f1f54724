import type { Channel } from './channel.ts';
import type { Timer } from './clock.ts';
import type { Reactor } from './reactor.ts';

/** A timer that belongs to one channel: it dies with it, and what its callback throws goes to the channel's handleError. */
export class ChannelTimer implements Timer {
  private readonly owner: Set<ChannelTimer>;
  private readonly timer: Timer;

  constructor(
    channel: Channel & { readonly reactor: Reactor },
    owner: Set<ChannelTimer>,
    delayMs: number,
    callback: () => void,
  ) {
    this.owner = owner;
    owner.add(this);
    const { reactor } = channel;
    this.timer = reactor.clock.setTimer(delayMs, () => {
      owner.delete(this);
      reactor.runTimer(callback, channel);
    });
  }

  /** @internal How many timers of its clock come before it, where the clock tells. */
  get rank(): number {
    return this.timer.rank ?? 0;
  }

  cancel(): void {
    this.owner.delete(this);
    this.timer.cancel();
  }
}
