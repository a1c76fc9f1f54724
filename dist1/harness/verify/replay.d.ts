import { type Arena } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';
import type { Replayed } from './job.ts';
/** Runs the schedule of a replay string. Throws DivergedError at the first decision that is not the one recorded. */
export declare function replay(text: string, found: readonly ShippedScenario[], arena?: Arena): Replayed;
