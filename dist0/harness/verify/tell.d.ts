import { type Simulation } from '../../sim/index.ts';
import type { ToldRun } from './job.ts';
/** What has happened in a run so far. */
export declare function tell(scenario: string, sim: Simulation): ToldRun;
