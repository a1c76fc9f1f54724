import { SimEndpoint } from '../tcp/endpoint.js';
import { SimListener } from '../tcp/listener.js';
/** The group that a turn touches in which these channels are ready and these directions were delivered to. */
export function groupOf(ready, dirty) {
  let found = '';
  for (const connection of touched(ready, dirty)) {
    const group = connection === null ? null : connection.group;
    if (group === null || (found !== '' && group !== found)) return null;
    found = group;
  }
  return found;
}
/** Null stands for what cannot be told. */
function* touched(ready, dirty) {
  for (const { connection } of dirty) yield connection;
  for (const channel of ready) {
    const { channelSource: source } = channel;
    if (source instanceof SimEndpoint) yield source.in.connection;
    else if (source instanceof SimListener) yield* source.waitingConnections();
    else yield null;
  }
}
