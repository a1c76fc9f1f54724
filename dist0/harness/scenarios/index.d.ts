import type { ExploreOptions, Scenario } from '../../sim/index.ts';

export { type EchoScenarioOptions, echoScenario } from './echo.ts';
export * from './exchange-client.ts';
export { FORWARDER, type ForwarderScenarioOptions, forwarderScenario, REMOTE } from './forwarder.ts';
/** A scenario and how it is explored by default. */
export interface ShippedScenario {
  readonly scenario: Scenario;
  readonly options: ExploreOptions;
}
/** The shipped scenarios with their default exploration. */
export declare const shipped: readonly ShippedScenario[];
