import type { Channel } from './channel.ts';
import type { Timer } from './clock.ts';
import type { Reactor } from './reactor.ts';

/** What has timers: a list of its own costs less than a Set for the one or two that most channels have. */
export interface TimerOwner extends Channel {
  readonly reactor: Reactor;
  firstTimer: ChannelTimer | null;
  lastTimer: ChannelTimer | null;
}

/** A timer that belongs to one channel: it dies with it, and what its callback throws goes to the channel's handleError. */
export class ChannelTimer implements Timer {
  /** @internal */ nextTimer: ChannelTimer | null = null;
  private previousTimer: ChannelTimer | null;
  private readonly owner: TimerOwner;
  private readonly timer: Timer;
  private isListed = true;

  constructor(owner: TimerOwner, delayMs: number, callback: () => void) {
    this.owner = owner;
    this.previousTimer = owner.lastTimer;
    if (owner.lastTimer === null) owner.firstTimer = this;
    else owner.lastTimer.nextTimer = this;
    owner.lastTimer = this;
    const { reactor } = owner;
    this.timer = reactor.clock.setTimer(delayMs, () => {
      this.leaveList();
      reactor.runTimer(callback, owner);
    });
  }

  /** @internal How many timers of its clock come before it, where the clock tells. */
  get rank(): number {
    return this.timer.rank ?? 0;
  }

  cancel(): void {
    this.leaveList();
    this.timer.cancel();
  }

  private leaveList(): void {
    if (!this.isListed) return;
    this.isListed = false;
    const { owner, previousTimer, nextTimer } = this;
    if (previousTimer === null) owner.firstTimer = nextTimer;
    else previousTimer.nextTimer = nextTimer;
    if (nextTimer === null) owner.lastTimer = previousTimer;
    else nextTimer.previousTimer = previousTimer;
  }
}
