import { type ShippedScenario } from '../scenarios/index.ts';
/** The scenarios of these modules, or the shipped ones if none is given. Throws ArgumentError for what is not right with them. */
export declare function loadScenarios(modules: readonly string[]): Promise<readonly ShippedScenario[]>;
