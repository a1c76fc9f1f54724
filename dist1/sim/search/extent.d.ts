import { type Family } from '../decisions/label.ts';
import type { Scenario } from '../scenario.ts';
/** What may deviate, and how often, as the end of a bound: `; order, split, reset ≤ 1`. */
export declare function describeExtent(scenario: Scenario, families: readonly Family[]): string;
