// A reset or an exception on one connection changes nothing on the others, and the listener goes on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneAtATime } from '../support/broken/echo-one-at-a-time.ts';
import { slotLostOnReset } from '../support/broken/echo-slot-lost-on-reset.ts';
import { oneFailureEndsAll } from '../support/broken/forward-one-failure-ends-all.ts';
import { echoOf, type Mistake } from '../support/broken/variation.ts';
import { checkInvariant, type Invariant, isBroken } from '../support/invariants/check-invariant.ts';
import { HARMLESS, type Input, inputs, planOf, worldScenario } from '../support/invariants/world.ts';

const law = "F7: one connection's trouble is not another's";

/** Client 0 gives up after some bytes; client 1 is there meanwhile, client 2 comes later. */
const troubles = fc
  .tuple(inputs, fc.nat({ max: 12 }), fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 })))
  .map(([input, abortsAfterBytes, others]) => ({
    ...input,
    clients: [12, ...others],
    abortsAfterBytes,
  }));

type Trouble = Input & { readonly abortsAfterBytes: number };

const isolation: Invariant<Trouble> = {
  law,
  inputs: troubles,
  build: (service, input) =>
    worldScenario(
      'f7',
      service,
      input,
      ({ sim, clients, expected }) => {
        sim.eventually(law, () =>
          clients.every(
            ({ received, ends }, index) => index === 0 || (ends === 1 && received === expected[index]),
          ),
        );
      },
      {
        families: HARMLESS,
        plan: (given, client) => ({
          ...planOf(given, client),
          abortsAfterBytes: client === 0 ? input.abortsAfterBytes : undefined,
        }),
        startsAtMs: (client) => (client === 2 ? 300 : 0),
      },
    ),
  brokenBy: { echo: [slotLostOnReset, oneAtATime], forward: [oneFailureEndsAll] },
};

checkInvariant({ ...isolation, others: ['nobody waits for what cannot come'] });

/** Its handler throws at the first byte of client 0; the exception is taken, as a program may. */
const throwing: Mistake = (Base) =>
  class extends Base {
    override pass(received: Uint8Array): void {
      if (received[0] === 0x61) throw new Error('a handler throws');
      super.pass(received);
    }

    override handleError(): void {}
  };

test('for every schedule, an exception in one handler changes nothing on the other connections', () => {
  const service = { kind: 'echo', make: echoOf(throwing) } as const;
  expect(isBroken(isolation, service, 400)).toBe(false);
});
