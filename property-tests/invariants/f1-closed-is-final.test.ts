// After close no handler is called, and each is called in its place: handleConnect first, handleClose last and once.
import { callsItsOwnHandler } from '../support/broken/echo-calls-its-own-handler.ts';
import { closesTwice } from '../support/broken/forward-closes-twice.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { inputs, worldScenario } from '../support/invariants/world.ts';

const law = 'F1: closed is final, and handlers are called in their order';

checkInvariant({
  law,
  inputs,
  build: (service, input) =>
    worldScenario('f1', service, input, ({ sim, watch }) => {
      sim.always(law, () => {
        if (watch.violations.length > 0) throw new Error(watch.violations[0]);
      });
    }),
  brokenBy: { echo: [callsItsOwnHandler], forward: [closesTwice] },
});
