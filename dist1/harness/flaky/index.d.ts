export type { FlakyFault } from './chance.ts';
export { type FlakyOptions, flaky } from './flaky-transport.ts';
