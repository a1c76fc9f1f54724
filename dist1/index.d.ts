export type { Family } from './core/index.ts';
export * from './core/index.ts';
export * from './harness/index.ts';
export * from './net/index.ts';
export * from './real/index.ts';
export * from './services/index.ts';
export type { Family as FaultFamily } from './sim/index.ts';
export * from './sim/index.ts';
