export class EventTaker {
  constructor(sim) {
    /** Whether the event taken last has called nobody: no program, and no socket. */
    this.hasCalledNobody = false;
    this.callsPrograms = true;
    this.sim = sim;
    sim.onTaken = (event) => {
      this.callsPrograms = !event.callsNoProgram;
    };
  }
  /** Takes one event; false if there is none. */
  take() {
    const { network } = this.sim;
    const before = network.effects;
    const isTaken = this.sim.step();
    this.hasCalledNobody = !this.callsPrograms && network.effects === before;
    return isTaken;
  }
  release() {
    this.sim.onTaken = null;
  }
}
