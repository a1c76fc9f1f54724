import type { Channel } from '../../core/channel.ts';
import type { Direction } from '../tcp/direction.ts';
import type { Group } from '../time/schedule-queue.ts';
/** The group that a turn touches in which these channels are ready and these directions were delivered to. */
export declare function groupOf(ready: readonly Channel[], dirty: readonly Direction[]): Group;
