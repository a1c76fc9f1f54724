import type { Report } from '../report/report.ts';
import { type Scenario } from '../scenario.ts';
import type { ExploreOptions } from './explore-options.ts';
/** Explores a scenario. A failure is returned in the report, shrunk and run again; the first one ends the search. */
export declare function explore(scenario: Scenario, options?: ExploreOptions): Report;
