import {
  Decisions,
  type Family,
  type Simulation as Sim,
  type SimulationOptions,
  type Strategy,
} from '../../sim/index.ts';
import { type RunProgramOptions } from './run-program.ts';
import type { Sent } from './wire.ts';
/** What a body gets. */
export interface ProgramContext {
  readonly sim: Sim;
}
export type ProgramBody = (context: ProgramContext) => unknown;
export interface ProgramRunOptions extends RunProgramOptions {
  /** Latency, window and order window of the network. */
  readonly network?: Pick<SimulationOptions, 'latencyMs' | 'orderWindowMs' | 'windowBytes' | 'buffers'>;
}
export interface ProgramRun {
  readonly failure: {
    readonly error: unknown /** Two failures with one identity are the same to a shrinker. */;
    readonly identity: string;
  } | null;
  readonly decisions: Decisions;
  readonly sim: Sim;
  readonly sent: readonly Sent[];
}
/** Runs `body` once. What it throws is returned; that it could not be run is thrown. */
export declare function runOnce(
  body: ProgramBody,
  strategy: Strategy,
  families: readonly Family[],
  options: ProgramRunOptions & {
    readonly trace?: boolean;
  },
): Promise<ProgramRun>;
