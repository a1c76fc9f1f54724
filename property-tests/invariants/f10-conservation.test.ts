// Bytes sent are bytes received and bytes dropped by a reset: a byte that is lost in any other way is seen at once.
import { dropsTheRest } from '../support/broken/echo-drops-the-rest.ts';
import { losesEarlyBytes } from '../support/broken/forward-early.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { inputs, type World, worldScenario } from '../support/invariants/world.ts';

const law = 'F10: no byte is lost but by a reset';

/** Grows only in steps in which a connection was given up by reset. */
function lossesAreByReset({ watch, service }: World): () => boolean {
  let lost = 0;
  let resets = 0;
  return () => {
    const before = lost;
    lost = watch.receivedBytes - watch.sentBytes - service.heldBytes();
    const isReset = watch.resets > resets;
    resets = watch.resets;
    return lost === before || (lost > before && isReset);
  };
}

checkInvariant({
  law,
  inputs,
  build: (service, input) =>
    worldScenario('f10', service, input, (world) => {
      const { sim, clients, remotes, watch } = world;
      sim.always(`${law}, within the service`, lossesAreByReset(world));
      sim.eventually(`${law}, on the way`, () => {
        const ends = [...clients, ...remotes];
        const sent = ends.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
        const received = ends.reduce((sum, peer) => sum + peer.received.length, 0);
        if (sim.hasKilled) return received <= watch.sentBytes && watch.receivedBytes <= sent;
        return sent === watch.receivedBytes && received === watch.sentBytes;
      });
    }),
  brokenBy: { echo: [dropsTheRest], forward: [losesEarlyBytes] },
});
