import type { Family, Scenario, Simulation } from '../../sim/index.ts';
export interface ForwarderScenarioOptions {
  readonly name: string;
  readonly connections: number;
  /** Bytes from each client to the remote. */
  readonly bytesUp: number;
  /** Bytes from the remote to each client. */
  readonly bytesDown: number;
  /** Whether the remote answers only after the client's end of stream: a half-close. Default false. */
  readonly answersAtEnd?: boolean;
  /** Whether nobody listens at the remote. Default false. */
  readonly isRefused?: boolean;
  readonly families?: readonly Family[];
  readonly limits?: Scenario['limits'];
  readonly readSizeBytes?: number;
  readonly windowBytes?: number;
  /** Starts the forwarder under test on its host, to the remote given. Default: the shipped forwarder. */
  readonly serve?: (sim: Simulation) => void;
}
export declare const FORWARDER: {
  host: string;
  port: number;
};
export declare const REMOTE: {
  host: string;
  port: number;
};
/** Clients that exchange bytes with a remote through a forwarder, which must not be noticed. */
export declare function forwarderScenario(options: ForwarderScenarioOptions): Scenario;
