/** `strategy`, calm after so many deviations. */
export function atMost(deviations, strategy) {
  let count = 0;
  return {
    begin() {
      count = 0;
      strategy.begin();
    },
    choose(label, arity, chains, owner) {
      if (count >= deviations) return 0;
      const choice = strategy.choose(label, arity, chains, owner);
      if (choice !== 0) count += 1;
      return choice;
    },
  };
}
