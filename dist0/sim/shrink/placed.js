/** Deviates at the points given, wherever they have moved; calm everywhere else. Notes the deviations it has made. */
export class PlacedStrategy {
  /** `exact` are points whose place is known, as nothing before them has changed. */
  constructor(points, placement, exact = []) {
    /** The deviations made, in order. */
    this.made = [];
    this.choices = new Map();
    this.met = new Map();
    this.taken = new Map();
    this.index = 0;
    for (const point of points) this.choices.set(point[placement], point.choice);
    for (const { index, choice } of exact) this.choices.set(index, choice);
  }
  begin() {
    this.made.length = 0;
    this.met.clear();
    this.taken.clear();
    this.index = 0;
  }
  choose(label, arity, chains, owner) {
    const { index } = this;
    this.index = index + 1;
    const byLabel = `${label.name} ${this.count(label.index)}`;
    return chains === null
      ? this.chooseAlone(label, arity, index, byLabel, owner?.chainId ?? 0)
      : this.chooseChain(label, chains, index, byLabel);
  }
  chooseAlone(label, arity, index, byLabel, owner) {
    const byChain = `${label.name} of ${owner} ${this.count((owner + 1) * 64 + label.index)}`;
    const { choices } = this;
    const wanted = choices.get(index) ?? choices.get(byLabel) ?? choices.get(byChain) ?? 0;
    const choice = Math.min(wanted, arity - 1);
    if (choice !== 0)
      this.made.push({ index, label, choice, arity, byLabel, byChain, byEvent: byChain, owner, other: 0 });
    return choice;
  }
  chooseChain(label, chains, index, byLabel) {
    const { choices } = this;
    const first = this.eventOf(chains[0]);
    const wanted = choices.get(index) ?? choices.get(byLabel);
    let choice = Math.min(wanted ?? 0, chains.length - 1);
    for (let at = 1; wanted === undefined && choice === 0 && at < chains.length; at += 1) {
      const event = this.eventOf(chains[at]);
      if (choices.has(`${event} before ${first}`) || choices.has(event)) choice = at;
    }
    const { chainId } = chains[choice];
    if (choice !== 0) {
      const event = this.eventOf(chains[choice]);
      const byChain = `${event} before ${first}`;
      const arity = chains.length;
      const other = chains[0].chainId;
      this.made.push({
        index,
        label,
        choice,
        arity,
        byLabel,
        byChain,
        byEvent: event,
        owner: chainId,
        other,
      });
    }
    this.taken.set(chainId, (this.taken.get(chainId) ?? 0) + 1);
    return choice;
  }
  /** A chain's next event: how many of it were chosen before. */
  eventOf({ chainId }) {
    return `${chainId}#${this.taken.get(chainId) ?? 0}`;
  }
  count(key) {
    const count = this.met.get(key) ?? 0;
    this.met.set(key, count + 1);
    return count;
  }
}
