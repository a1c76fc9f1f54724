// A forwarder is transparent: a half-close becomes a half-close, and the reverse direction goes on; a reset or a refusal
// becomes a reset, never an end of stream that makes what was cut look whole.

import { closesBoth } from '../support/broken/forward-closes-both.ts';
import { forgetsHalfClose } from '../support/broken/forward-forgets-half-close.ts';
import { leaksClientOnRefused } from '../support/broken/forward-leaks-client-on-refused.ts';
import { resetBecomesEnd } from '../support/broken/forward-reset-becomes-end.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import type { PeerPlan } from '../support/invariants/peer.ts';
import { type Input, inputs, planOf, worldScenario } from '../support/invariants/world.ts';

const law = 'F4: a half-close stays a half-close, and a reset a reset';

const LINGERING: Partial<PeerPlan> = { readsAfterMs: 40 };

checkInvariant({
  law,
  others: ['nobody waits for what cannot come'],
  inputs: inputs.map((input) => ({ ...input, answersAtEnd: true })),
  build: (service, input: Input) =>
    worldScenario(
      'f4',
      service,
      input,
      ({ sim, clients, expected, remotes }) => {
        sim.always(`${law}: what was cut does not look whole`, () =>
          clients.every(
            ({ ends, received }, index) =>
              // A close by the network is an end of stream: nobody can tell it from one.
              sim.faultCount('close') > 0 ||
              ends === 0 ||
              (remotes.length > 0 && received === expected[index]),
          ),
        );
        sim.always(`${law}: the remote is not cut short either`, () =>
          remotes.every(
            ({ ends, received }) =>
              sim.faultCount('close') > 0 || ends === 0 || clients.some(({ plan }) => plan.text === received),
          ),
        );
        sim.eventually(
          `${law}: the answer comes after the end`,
          () => sim.hasKilled || clients.every(({ received }, index) => received === expected[index]),
        );
        sim.eventually(`${law}: who got no end is told why`, () =>
          clients.every(({ ends, reason }) => ends > 0 || reason !== null),
        );
      },
      { plan: (given, client) => ({ ...planOf(given, client), ...(client === 1 ? LINGERING : {}) }) },
    ),
  brokenBy: { forward: [forgetsHalfClose, closesBoth, resetBecomesEnd] },
});

const refused = 'F4: a refusal is told as a reset';

checkInvariant({
  law: refused,
  others: ['nobody waits for what cannot come'],
  inputs,
  build: (service, input: Input) =>
    worldScenario(
      'f4-refused',
      service,
      input,
      ({ sim, clients }) => {
        sim.always(refused, () => sim.faultCount('close') > 0 || clients.every(({ ends }) => ends === 0));
        sim.eventually(
          `${refused}, to every client`,
          () => sim.faultCount('close') > 0 || clients.every(({ reason }) => reason !== null),
        );
      },
      { isRefused: true },
    ),
  brokenBy: { forward: [leaksClientOnRefused] },
});
