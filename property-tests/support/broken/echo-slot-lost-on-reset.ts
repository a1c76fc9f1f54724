import type { Address, Endpoint } from '../../../src/core/index.ts';
import { type ClientRelay, EchoServer, type Outcome } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, none } from './variation.ts';

/** One connection at a time: the listener rests until that one has finished. */
class SingleServer extends EchoServer {
  override handleAccepted(endpoint: Endpoint, address: Address): void {
    super.handleAccepted(endpoint, address);
    this.wantRead(false);
  }

  override forget(client: ClientRelay, outcome: Outcome): void {
    super.forget(client, outcome);
    if (outcome.cause === 'end') this.wantRead(true);
  }
}

export const slotLostOnReset: BrokenEcho = {
  name: 'echo: a slot is lost on reset',
  kind: 'echo',
  group: 'starvation',
  mistake: 'serves one connection at a time, and accepts no other after one that was reset',
  make: echoOf(none, SingleServer),
};
