import type { Family, Scenario, Simulation } from '../../sim/index.ts';
export interface EchoScenarioOptions {
  readonly name: string;
  readonly connections: number;
  readonly bytes: number;
  readonly families?: readonly Family[];
  readonly limits?: Scenario['limits'];
  /** How many bytes a client takes at once; few make a slow reader. */
  readonly readSizeBytes?: number;
  /** How many unread bytes a direction holds; few make it full. */
  readonly windowBytes?: number;
  /** Starts the server under test on its host. Default: the shipped echo server. */
  readonly serve?: (sim: Simulation) => void;
}
/** Clients that send, end their direction and read late or early: an echo gives each its own bytes back, then ends. */
export declare function echoScenario(options: EchoScenarioOptions): Scenario;
