import { ChunkQueue } from '../../../src/core/index.ts';
import type { BrokenEcho } from './service.ts';
import { echoOf, type Mistake } from './variation.ts';

const careless: Mistake = (Base) =>
  class extends Base {
    override keep(rest: Uint8Array): boolean {
      this.unsent ??= new ChunkQueue();
      this.unsent.push(rest);
      return this.unsentBytes <= this.settings.highWaterMarkBytes;
    }
  };

export const keepsTheView: BrokenEcho = {
  name: 'echo: keeps the view',
  kind: 'echo',
  group: 'bytes',
  mistake: 'keeps received bytes without a copy after the handler has returned',
  make: echoOf(careless),
};
