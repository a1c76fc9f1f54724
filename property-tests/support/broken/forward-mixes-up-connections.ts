import { Half, pair, Server } from './half.ts';
import type { BrokenForward, MakeForward } from './service.ts';

/** The client that was accepted last is taken for the one whose remote has just connected. */
const make: MakeForward = (reactor, { local, remote }) => {
  let newest: Half;
  class Remote extends Half {
    override handleConnect(): void {
      pair(newest, this);
      super.handleConnect();
    }
  }
  return new Server(reactor, local, (server, endpoint) => {
    const [client, far] = [new Half(reactor, endpoint), new Remote(reactor)];
    newest = client;
    server.halves.push(client, far);
    pair(client, far);
    client.wantRead(false);
    far.connect(remote);
  });
};

export const mixesUpConnections: BrokenForward = {
  name: 'forward: mixes up connections',
  kind: 'forward',
  group: 'ordering',
  mistake: 'joins a remote that has connected with the client that was accepted last',
  make,
};
