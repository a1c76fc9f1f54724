// At any time what was received is a prefix of what was sent, each way: no byte lost in between, doubled or out of order.
import { newBytesOvertake } from '../support/broken/echo-new-bytes-overtake.ts';
import { sharesItsQueue } from '../support/broken/echo-shares-its-queue.ts';
import { losesEarlyBytes } from '../support/broken/forward-early.ts';
import { mixesUpConnections } from '../support/broken/forward-mixes-up-connections.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { inputs, worldScenario } from '../support/invariants/world.ts';

const law = 'F2: what is received is a prefix of what was sent';

checkInvariant({
  law,
  inputs,
  build: (service, input) =>
    worldScenario('f2', service, input, ({ sim, clients, expected, remotes }) => {
      sim.always(`${law}, down`, () =>
        clients.every(({ received }, index) => expected[index].startsWith(received)),
      );
      const texts = clients.map(({ plan }) => plan.text);
      sim.always(`${law}, up, and nobody's bytes go to two remotes`, () => {
        const heard = remotes.map(({ received }) => received).filter((received) => received !== '');
        return (
          heard.every((received) => texts.some((text) => text.startsWith(received))) &&
          new Set(heard.map((received) => received[0])).size === heard.length
        );
      });
    }),
  brokenBy: { echo: [newBytesOvertake, sharesItsQueue], forward: [losesEarlyBytes, mixesUpConnections] },
});
