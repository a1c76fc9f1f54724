import type { Simulation } from '../../sim/index.ts';
export declare class EventTaker {
  /** Whether the event taken last has called nobody: no program, and no socket. */
  hasCalledNobody: boolean;
  private readonly sim;
  private callsPrograms;
  constructor(sim: Simulation);
  /** Takes one event; false if there is none. */
  take(): boolean;
  release(): void;
}
