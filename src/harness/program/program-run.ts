// One run of a program's body under one strategy: what runScenario is for scenarios.
import {
  Decisions,
  type Family,
  type Simulation as Sim,
  Simulation,
  type SimulationOptions,
  type Strategy,
} from '../../sim/index.ts';
import { callSite, ProgramError } from './errors.ts';
import { type RunProgramOptions, runProgram } from './run-program.ts';
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

/** What says nothing about the program. */
const NO_FAILURES: readonly string[] = ['ERR_ABORTED', 'ERR_INSTALLED'];

/** Runs `body` once. What it throws is returned; that it could not be run is thrown. */
export async function runOnce(
  body: ProgramBody,
  strategy: Strategy,
  families: readonly Family[],
  options: ProgramRunOptions & { readonly trace?: boolean },
): Promise<ProgramRun> {
  const decisions = new Decisions(strategy);
  const sim = new Simulation({ ...options.network, decisions, families, trace: options.trace });
  let sent: readonly Sent[] = [];
  const start = (installation: { readonly sent: readonly Sent[] }): unknown => {
    sent = installation.sent;
    return body({ sim });
  };
  try {
    await runProgram(sim, start, options);
    // Nothing is run any more; what must hold at the end is asked.
    sim.run({ untilMs: sim.nowMs, allowOpen: true });
    return { failure: null, decisions, sim, sent };
  } catch (error) {
    if (error instanceof ProgramError && NO_FAILURES.includes(error.code)) throw error;
    return { failure: { error, identity: identityOf(error) }, decisions, sim, sent };
  }
}

/** What a failure is called. Numbers in it are addresses, times and counts, and what is quoted was received: both may differ. */
function identityOf(error: unknown): string {
  if (error instanceof ProgramError) return error.code;
  if (!(error instanceof Error)) return String(error);
  // What an assertion found differs from schedule to schedule; where it stands does not.
  if (error.name === 'AssertionError') return `${error.name} ${callSite(error.stack)}`;
  const { code } = error as { code?: unknown };
  const firstLine = error.message.split('\n', 1)[0];
  return `${error.name} ${String(code)} ${firstLine.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '""').replace(/\d+/g, '#')}`;
}
