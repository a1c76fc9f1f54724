// The public names in one place. fast-check and vitest stay out: their adaptors are 'foulweather/fast-check' and
// 'foulweather/vitest', so that neither is needed here.

// core's Family is one of addresses, sim's is one of faults.
export type { Family } from './core/index.ts';
export * from './core/index.ts';
export * from './harness/index.ts';
export * from './net/index.ts';
export * from './real/index.ts';
export * from './services/index.ts';
export type { Family as FaultFamily } from './sim/index.ts';
export * from './sim/index.ts';
