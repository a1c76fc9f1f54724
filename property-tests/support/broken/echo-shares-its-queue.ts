import { ChunkQueue } from '../../../src/core/index.ts';
import type { ClientRelay } from '../../../src/services/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake, sharedBy } from './variation.ts';

const queueOf = sharedBy(() => new ChunkQueue());

const sharing: Mistake<ClientRelay> = (Base) =>
  class extends Base {
    override unsent: ChunkQueue | null = queueOf(this);
  };

export const sharesItsQueue: BrokenEcho = {
  name: 'echo: shares its queue',
  kind: 'echo',
  group: 'bytes',
  mistake: 'has one queue of unsent bytes for all connections',
  make: echoOf(sharing),
};
