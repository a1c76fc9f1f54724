import { Half, pair, Server } from './half.ts';
import type { BrokenForward, MakeForward } from './service.ts';

class Eager extends Half {
  override take(data: Uint8Array): void {
    if (this.connecting) this.send(data);
    else super.take(data);
  }

  override handleEnd(): void {
    if (this.other.connecting) this.other.owesEnd = true;
    else super.handleEnd();
  }
}

/** Reads the client before the remote is connected. */
const make: MakeForward = (reactor, { local, remote }) =>
  new Server(reactor, local, (server, endpoint) => {
    const [client, far] = [new Eager(reactor, endpoint), new Eager(reactor)];
    server.halves.push(client, far);
    pair(client, far);
    far.connect(remote);
  });

export const losesEarlyBytes: BrokenForward = {
  name: 'forward: loses early bytes',
  kind: 'forward',
  group: 'bytes',
  mistake: 'reads the client before the remote is connected, and loses what comes until then',
  make,
};
