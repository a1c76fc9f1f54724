import { Half, pair, Server } from './half.ts';
import type { BrokenForward, MakeForward } from './service.ts';

const CONNECT_MS = 20;

class Confident extends Half {
  override take(data: Uint8Array): void {
    if (this.connecting) this.send(data);
    else super.take(data);
  }

  override handleEnd(): void {
    if (this.other.connecting) this.other.owesEnd = true;
    else super.handleEnd();
  }

  override handleConnect(): void {}
}

/** After a while, a remote that has not failed is taken for connected. */
const make: MakeForward = (reactor, { local, remote }) =>
  new Server(reactor, local, (server, endpoint) => {
    const [client, far] = [new Confident(reactor, endpoint), new Confident(reactor)];
    server.halves.push(client, far);
    pair(client, far);
    client.wantRead(false);
    client.callLater(CONNECT_MS, () => client.wantRead(true));
    far.connect(remote);
  });

export const assumesQuickConnect: BrokenForward = {
  name: 'forward: assumes a quick connect',
  kind: 'forward',
  group: 'ordering',
  mistake: 'takes the remote for connected when some time has passed, and loses bytes if it is not',
  make,
};
