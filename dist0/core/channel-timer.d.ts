import type { Channel } from './channel.ts';
import type { Timer } from './clock.ts';
import type { Reactor } from './reactor.ts';
/** A timer that belongs to one channel: it dies with it, and what its callback throws goes to the channel's handleError. */
export declare class ChannelTimer implements Timer {
  private readonly owner;
  private readonly timer;
  constructor(
    channel: Channel & {
      readonly reactor: Reactor;
    },
    owner: Set<ChannelTimer>,
    delayMs: number,
    callback: () => void,
  );
  /** @internal How many timers of its clock come before it, where the clock tells. */
  get rank(): number;
  cancel(): void;
}
