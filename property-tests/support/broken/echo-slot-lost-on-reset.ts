import type { CloseReason } from '../../../src/core/index.ts';
import { Half, Server } from './half.ts';
import type { BrokenEcho, MakeEcho } from './service.ts';

class Counted extends Half {
  onFinished: () => void = () => {};

  override closeBoth(): void {
    super.closeBoth();
    this.onFinished();
  }

  override handleClose(_reason: CloseReason): void {}
}

/** One connection at a time: the listener rests until that one has finished. */
const make: MakeEcho = (reactor, local) =>
  new Server(reactor, local, (server, endpoint) => {
    const half = new Counted(reactor, endpoint);
    half.onFinished = () => server.wantRead(true);
    server.wantRead(false);
    server.halves.push(half);
  });

export const slotLostOnReset: BrokenEcho = {
  name: 'echo: a slot is lost on reset',
  kind: 'echo',
  group: 'starvation',
  mistake: 'serves one connection at a time, and accepts no other after one that was reset',
  make,
};
