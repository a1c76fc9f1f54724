// Takes a simulation's events. Whatever an event calls may settle promises, which nobody follows: their jobs run in the turn
// of the event loop that comes next, and the next event waits for it. Only where an event calls nobody (the turn of a
// host without channels, such as follows a façade's sockets) the next may be taken at once.
import type { Simulation } from '../../sim/index.ts';

export class EventTaker {
  /** Whether the event taken last has called nobody: no program, and no socket. */
  hasCalledNobody = false;
  private readonly sim: Simulation;
  private callsPrograms = true;

  constructor(sim: Simulation) {
    this.sim = sim;
    sim.onTaken = (event) => {
      this.callsPrograms = !event.callsNoProgram;
    };
  }

  /** Takes one event; false if there is none. */
  take(): boolean {
    const { network } = this.sim;
    const before = network.effects;
    const isTaken = this.sim.step();
    this.hasCalledNobody = !this.callsPrograms && network.effects === before;
    return isTaken;
  }

  release(): void {
    this.sim.onTaken = null;
  }
}
