import { Half, type HalfKind, Server } from './half.ts';
import type { BrokenEcho, MakeEcho } from './service.ts';

/** While one connection waits to send, the others are not read; the first of them is woken when it has sent. */
function exclusive(): HalfKind {
  let busy: Half | null = null;
  const waiting: Half[] = [];
  return class Exclusive extends Half {
    override handleRead(): void {
      if (busy === null || busy === this) super.handleRead();
      else {
        this.wantRead(false);
        waiting.push(this);
      }
    }

    override keep(rest: Uint8Array): void {
      busy = this;
      super.keep(rest);
    }

    override drained(): void {
      if (busy === this) {
        busy = null;
        waiting.shift()?.wantRead(true);
      }
      super.drained();
    }
  };
}

const make: MakeEcho = (reactor, local) => {
  const Kind = exclusive();
  return new Server(reactor, local, (server, endpoint) => {
    server.halves.push(new Kind(reactor, endpoint));
  });
};

export const oneAtATime: BrokenEcho = {
  name: 'echo: one at a time',
  kind: 'echo',
  group: 'starvation',
  mistake: 'lets nobody be read while one connection waits to send, and never lets go if that one is reset',
  make,
};
