import type { Address, Endpoint } from '../../../src/core/index.ts';
import { type ClientRelay, EchoServer } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, none } from './variation.ts';

const PAUSE_MS = 5;

/** After an accept the others are not read for a moment, as more may wait. Whom to wake is noted when the pause begins. */
class Welcoming extends EchoServer {
  private resting: ClientRelay[] | null = null;

  override handleAccepted(endpoint: Endpoint, address: Address): void {
    const others = [...this.connections()];
    super.handleAccepted(endpoint, address);
    for (const client of others) client.wantRead(false);
    if (this.resting !== null) return;
    this.resting = others;
    this.callLater(PAUSE_MS, () => {
      for (const client of this.resting ?? []) client.wantRead(true);
      this.resting = null;
    });
  }
}

export const acceptsGoFirst: BrokenEcho = {
  name: 'echo: accepts go first',
  kind: 'echo',
  group: 'starvation',
  mistake:
    'stops reading for a moment after an accept, and never wakes those that a second accept has stopped',
  make: echoOf(none, Welcoming),
};
