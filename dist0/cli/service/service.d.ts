import { type Gate } from '../../services/index.ts';
import { Metrics } from './metrics.ts';
import { ServiceLog } from './service-log.ts';
import type { ServicePlan } from './service-plan.ts';
export declare class Service {
  readonly log: ServiceLog;
  readonly metrics: Metrics;
  isReady: boolean;
  private readonly reactor;
  private readonly plan;
  private servers;
  constructor(plan: ServicePlan, worker: number);
  /** Settles once every address is bound. Throws CommandError for the first that cannot be, with nothing left open. */
  start(gate: Gate): Promise<void>;
  /** Stops accepting; settles when no connection is left, at the latest after `deadlineMs`. */
  drain(deadlineMs: number): Promise<void>;
  get activeCount(): number;
  /** The sockets as they are, or flaky ones; each worker draws for itself. */
  private inItsWeather;
  private noteFault;
  private run;
  private waiter;
  private options;
}
