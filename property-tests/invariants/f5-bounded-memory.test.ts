// What is received and not yet passed on is bounded, for each direction, by the high water mark and one chunk more.
import fc from 'fast-check';
import { echoReadsWithoutLimit, forwardReadsWithoutLimit } from '../support/broken/reads-without-limit.ts';
import { OPTIONS } from '../support/broken/variation.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { HARMLESS, type Input, inputs, planOf, worldScenario } from '../support/invariants/world.ts';

const law = 'F5: what a service holds is bounded';

/** Much to send, few bytes in flight, and readers that begin late. */
const floods: fc.Arbitrary<Input> = fc
  .tuple(inputs, fc.array(fc.integer({ min: 60, max: 120 }), { minLength: 1, maxLength: 2 }))
  .map(([input, clients]) => ({
    ...input,
    clients,
    windowBytes: 8,
    partBytes: 40,
    readBytes: 8,
    downBytes: 90,
  }));

checkInvariant({
  law,
  inputs: floods,
  build: (service, input: Input) =>
    worldScenario(
      'f5',
      service,
      input,
      ({ sim, kind, service: { heldBytes }, watch }) => {
        const directions = input.clients.length * (kind === 'echo' ? 1 : 2);
        // One receive takes no more than the window holds.
        const limit = directions * (OPTIONS.highWaterMarkBytes! + input.windowBytes);
        sim.always(`${law}, by its own count`, () => heldBytes() <= limit);
        sim.always(`${law}, by what came and went`, () => watch.receivedBytes - watch.sentBytes <= limit);
      },
      {
        families: HARMLESS,
        plan: (given, client) => ({ ...planOf(given, client), readsAfterMs: 500 }),
      },
    ),
  brokenBy: { echo: [echoReadsWithoutLimit], forward: [forwardReadsWithoutLimit] },
});
