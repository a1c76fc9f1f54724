// What joins the simulation and the programs that run on it.
import { watchRealNetwork } from './real-network-wires.js';

export * from './flaky/index.js';
export { useGlobalTimers } from './global-timers.js';
export * from './program/index.js';
export * from './scenarios/index.js';

watchRealNetwork();
