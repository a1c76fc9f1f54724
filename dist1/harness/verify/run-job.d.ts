import { type Arena, type Report } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';
import type { Job } from './job.ts';
import type { Pulse } from './pulse.ts';
/** Explores one job's scenario here. The report can be sent between threads: its errors are plain. */
export declare function runJob(
  job: Job,
  found: readonly ShippedScenario[],
  pulse: Pulse,
  arena: Arena,
): Promise<Report>;
