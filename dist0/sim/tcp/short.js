// Calls that are cut short: counted, and told to whoever reads the trace.
import { SHORT_READ, SHORT_SEND } from '../decisions/label.js';
import { shortened } from '../trace.js';
/** A recv of `size` bytes gives so many of them. */
export function noteShortRead(direction, got, size) {
  const { network } = direction.connection;
  if (!network.countFault(SHORT_READ)) return;
  network.tellFault(direction, `recv gives ${shortened(direction.buffer.copyUnread(size), got, size)}`);
}
/** A send of the first `size` bytes of `data` accepts so many of them. */
export function noteShortSend(direction, got, size, data) {
  const { network } = direction.connection;
  if (!network.countFault(SHORT_SEND)) return;
  network.tellFault(direction, `send accepts ${shortened(data, got, size)}`);
}
