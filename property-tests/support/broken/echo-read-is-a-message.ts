import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

/** No message is shorter than this. */
const MESSAGE_SIZE_BYTES = 2;

const framed: Mistake = (Base) =>
  class extends Base {
    override pass(received: Uint8Array): void {
      if (received.length >= MESSAGE_SIZE_BYTES) super.pass(received);
    }
  };

export const readIsAMessage: BrokenEcho = {
  name: 'echo: a read is a message',
  kind: 'echo',
  group: 'bytes',
  mistake: 'takes each read for a whole message, and drops those that are too short for one',
  make: echoOf(framed),
};
