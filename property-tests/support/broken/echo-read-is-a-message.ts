import { isBytes } from '../../../src/core/index.ts';
import { echoOf, Half } from './half.ts';
import type { BrokenEcho } from './service.ts';

/** No message is shorter than this. */
const MESSAGE_SIZE_BYTES = 2;

class Framed extends Half {
  override handleRead(): void {
    const received = this.recv(4096);
    if (isBytes(received) && received.length >= MESSAGE_SIZE_BYTES) this.take(received);
  }
}

export const readIsAMessage: BrokenEcho = {
  name: 'echo: a read is a message',
  kind: 'echo',
  group: 'bytes',
  mistake: 'takes each read for a whole message, and drops those that are too short for one',
  make: echoOf(Framed),
};
