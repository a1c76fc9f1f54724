export * from './flaky/index.ts';
export { useGlobalTimers } from './global-timers.ts';
export * from './program/index.ts';
export * from './scenarios/index.ts';
