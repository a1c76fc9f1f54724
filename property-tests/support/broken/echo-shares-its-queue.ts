import { ChunkQueue } from '../../../src/core/index.ts';
import { Half, Server } from './half.ts';
import type { BrokenEcho, MakeEcho } from './service.ts';

const make: MakeEcho = (reactor, local) => {
  const queue = new ChunkQueue();
  return new Server(reactor, local, (server, endpoint) => {
    const half = new Half(reactor, endpoint);
    half.queue = queue;
    server.halves.push(half);
  });
};

export const sharesItsQueue: BrokenEcho = {
  name: 'echo: shares its queue',
  kind: 'echo',
  group: 'bytes',
  mistake: 'has one queue of unsent bytes for all connections',
  make,
};
