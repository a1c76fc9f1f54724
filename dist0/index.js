// The public names in one place. fast-check and vitest stay out: their adaptors are 'foulweather/fast-check' and
// 'foulweather/vitest', so that neither is needed here.
export * from './core/index.js';
export * from './harness/index.js';
export * from './net/index.js';
export * from './real/index.js';
export * from './services/index.js';
export * from './sim/index.js';
