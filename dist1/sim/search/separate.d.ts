import type { Chain } from '../decisions/decisions.ts';
import type { Simulation } from '../simulation.ts';
/** The choices of an order decision that have to be tried, as indices of `chains`; null is all of them. */
export declare function separateChoices(sim: Simulation, chains: readonly Chain[]): readonly number[] | null;
