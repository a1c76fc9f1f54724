/** A timer that belongs to one channel: it dies with it, and what its callback throws goes to the channel's handleError. */
export class ChannelTimer {
  constructor(channel, owner, delayMs, callback) {
    this.owner = owner;
    owner.add(this);
    const { reactor } = channel;
    this.timer = reactor.clock.setTimer(delayMs, () => {
      owner.delete(this);
      reactor.runTimer(callback, channel);
    });
  }
  /** @internal How many timers of its clock come before it, where the clock tells. */
  get rank() {
    return this.timer.rank ?? 0;
  }
  cancel() {
    this.owner.delete(this);
    this.timer.cancel();
  }
}
