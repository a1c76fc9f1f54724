import type { Channel } from '../../core/channel.ts';
import type { Connection } from '../tcp/connection.ts';
import type { Direction } from '../tcp/direction.ts';
import { SimEndpoint } from '../tcp/endpoint.ts';
import { SimListener } from '../tcp/listener.ts';
import type { Group } from '../time/schedule-queue.ts';

/** The group that a turn touches in which these channels are ready and these directions were delivered to. */
export function groupOf(ready: readonly Channel[], dirty: readonly Direction[]): Group {
  let found = '';
  for (const connection of touched(ready, dirty)) {
    const group = connection === null ? null : connection.group;
    if (group === null || (found !== '' && group !== found)) return null;
    found = group;
  }
  return found;
}

/** Null stands for what cannot be told. */
function* touched(
  ready: readonly Channel[],
  dirty: readonly Direction[],
): IterableIterator<Connection | null> {
  for (const { connection } of dirty) yield connection;
  for (const channel of ready) {
    const { channelSource: source } = channel as unknown as { readonly channelSource: unknown };
    if (source instanceof SimEndpoint) yield source.in.connection;
    else if (source instanceof SimListener) yield* source.waitingConnections();
    else yield null;
  }
}
