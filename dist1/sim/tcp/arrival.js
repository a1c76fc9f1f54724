import { unreachable } from '../../core/errors.js';
/** What a segment does to whoever it was sent to. Data does it as it is delivered, byte by byte. */
export function arrive({ connection, receiver }, segment) {
  switch (segment.kind) {
    case 'syn':
      connection.onSyn();
      break;
    case 'syn-ack':
      receiver.onOpen();
      break;
    case 'ack':
      connection.onEstablished();
      break;
    case 'fin':
      receiver.onEnd();
      break;
    case 'rst':
    case 'refusal':
      receiver.onReset(segment.code);
      break;
    case 'window':
      // With a receipt it is that which counts.
      if (segment.receipt === null) receiver.onWindow();
      break;
    case 'probe':
      receiver.onProbe();
      break;
    case 'data':
      break;
    default:
      unreachable(segment.kind);
  }
}
