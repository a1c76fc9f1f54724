// What joins the simulation and the programs that run on it.
import { watchRealNetwork } from './real-network-wires.ts';

export * from './flaky/index.ts';
export { useGlobalTimers } from './global-timers.ts';
export * from './program/index.ts';
export * from './scenarios/index.ts';
export type { ReportFile, SearchSettings } from './verify/report-file.ts';

watchRealNetwork();
