export type { NetHost, NetOptions } from './context.ts';
export { createNet, type NetModule } from './create-net.ts';
export type { OpenHandle } from './open-handle.ts';
