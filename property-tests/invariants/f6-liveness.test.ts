// Something moves, or all is quiet: no handler is called again and again for nothing, nobody waits for what cannot come,
// and when the peers are done nothing is left in the reactor but the listener.
import { alwaysWantsToWrite } from '../support/broken/echo-always-wants-to-write.ts';
import { flushesOnce } from '../support/broken/echo-flushes-once.ts';
import { clientGoesFirst } from '../support/broken/forward-client-goes-first.ts';
import { leaksClientOnRefused } from '../support/broken/forward-leaks-client-on-refused.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { inputs, worldScenario } from '../support/invariants/world.ts';

const law = 'F6: a run moves on until all is done';

/** Calls of handlers for each byte or control signal that the network may have moved. */
const CALLS_A_STEP = 8;

checkInvariant({
  law,
  others: ['nobody waits for what cannot come', 'every handler call has an effect', 'every run ends'],
  inputs,
  build: (service, input) =>
    worldScenario('f6', service, input, ({ sim, service: { server }, watch }) => {
      sim.always(
        `${law}: no more calls than there is to do`,
        () => watch.calls <= CALLS_A_STEP * (sim.steps + 1),
      );
      sim.eventually(`${law}: the loop can end`, () => {
        server.close();
        return server.reactor.size === 0;
      });
    }),
  brokenBy: { echo: [flushesOnce, alwaysWantsToWrite], forward: [clientGoesFirst, leaksClientOnRefused] },
});
