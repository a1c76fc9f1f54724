import { hash, RandomStrategy } from '../../sim/strategies/random.js';
/** What is drawn for one connection, and who hears of it. */
export class Chance {
  constructor(seed, weather, connection, remote, report) {
    this.connection = connection;
    this.remote = remote;
    this.report = report;
    // Each direction draws for itself, so that what one meets does not depend on how the other is interleaved with it.
    this.strategies = [0, 1].map((side) => new RandomStrategy(hash(seed, connection, side), weather));
  }
  /** The choice, 0 being the calm one; what is not calm is reported as `text(choice)`. */
  draw(label, arity, direction, text) {
    if (arity < 2) return 0;
    const choice = this.strategies[direction === 'out' ? 1 : 0].choose(label, arity);
    if (choice !== 0) {
      const { connection, remote } = this;
      this.report({ connection, direction, remote, family: label.name, text: text(choice) });
    }
    return choice;
  }
}
