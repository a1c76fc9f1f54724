// Unless something kills the connection, every byte arrives, then the end of stream, once.
import { closesBeforeFlushing } from '../support/broken/echo-closes-before-flushing.ts';
import { losesBytesWithTheEnd } from '../support/broken/echo-loses-bytes-with-the-end.ts';
import { bothEndedIsDone } from '../support/broken/forward-both-ended-is-done.ts';
import { endOvertakes } from '../support/broken/forward-end-overtakes.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import type { Peer } from '../support/invariants/peer.ts';
import { HARMLESS, inputs, worldScenario } from '../support/invariants/world.ts';

const law = 'F3: every byte arrives, and then the end of stream, once';

const endsWell = ({ ends, hasReadAfterEnd }: Peer): boolean => ends === 1 && !hasReadAfterEnd;

checkInvariant({
  law,
  inputs,
  build: (service, input) =>
    worldScenario(
      'f3',
      service,
      input,
      ({ sim, clients, expected, remotes, kind }) => {
        sim.always(`${law}: an end is not early`, () =>
          clients.every(({ ends, received }, index) => ends === 0 || received === expected[index]),
        );
        sim.eventually(`${law}: down`, () =>
          clients.every((client, index) => endsWell(client) && client.received === expected[index]),
        );
        sim.eventually(`${law}: up`, () => {
          const heard = remotes.map(({ received }) => received).sort();
          const sent = clients.map(({ plan }) => plan.text).sort();
          return kind === 'echo' || (remotes.every(endsWell) && heard.join() === sent.join());
        });
      },
      { families: HARMLESS },
    ),
  brokenBy: { echo: [closesBeforeFlushing, losesBytesWithTheEnd], forward: [endOvertakes, bothEndedIsDone] },
});
