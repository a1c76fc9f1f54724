import { Half, type HalfKind, Server } from './half.ts';
import type { BrokenEcho, MakeEcho } from './service.ts';

/** Reads of other connections after which one that was not read meanwhile is taken for dead. */
const QUIET_READS_MAX = 6;

function evicting(): HalfKind {
  const live = new Set<{ lastRead: number; close(): void; readonly inputIsOver: boolean }>();
  let reads = 0;
  return class Evicting extends Half {
    lastRead = reads;

    override handleRead(): void {
      reads += 1;
      this.lastRead = reads;
      live.add(this);
      super.handleRead();
      for (const half of live) {
        if (half.inputIsOver) live.delete(half);
        else if (reads - half.lastRead > QUIET_READS_MAX) half.close();
      }
    }
  };
}

const make: MakeEcho = (reactor, local) => {
  const Kind = evicting();
  return new Server(reactor, local, (server, endpoint) => {
    server.halves.push(new Kind(reactor, endpoint));
  });
};

export const evictsTheQuiet: BrokenEcho = {
  name: 'echo: evicts the quiet',
  kind: 'echo',
  group: 'starvation',
  mistake: 'closes a connection that was not read while others were read several times',
  make,
};
