import { type Arena, type Scenario } from '../../sim/index.ts';
export interface Broken {
  readonly law: string;
  readonly message: string;
}
/** Watches for work that a scenario puts off until after its run. */
export declare class LateWork {
  private rejection;
  /** Makes one calm run, lets JavaScript's queues run dry, and says what was still to be done. */
  ofOneRun(scenario: Scenario, arena: Arena): Promise<Broken | null>;
  /** What came up since: rejections that nobody handled. */
  afterwards(): Promise<Broken | null>;
  private rejected;
  private untilIdle;
}
