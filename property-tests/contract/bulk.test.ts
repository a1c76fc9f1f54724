// The simulation against the kernel where buffers fill up: what arrives, and how it ends, is the same whatever a network holds.
// FOULWEATHER_DIFFERENTIAL_RUNS=10000 makes the long run; FOULWEATHER_DIFFERENTIAL_SEED repeats one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BACKENDS, inSimulation } from '../../test/contract/backends.ts';
import { type BulkConnection, type BulkSide, runBulk } from '../../test/contract/bulk.ts';
import { PEER_CLASSES } from '../../test/contract/peers.ts';

const RUNS = Number(process.env.FOULWEATHER_DIFFERENTIAL_RUNS ?? 8);
const SEED = Number(process.env.FOULWEATHER_DIFFERENTIAL_SEED ?? 9293);

const side: fc.Arbitrary<BulkSide> = fc.record({
  kind: fc.constantFrom(...PEER_CLASSES),
  sendsBytes: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 300_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000_000, max: 4_000_000 }) },
  ),
  chunkBytes: fc.integer({ min: 500, max: 200_000 }),
  restsBeforeReading: fc.integer({ min: 0, max: 3 }),
  pieceBytes: fc.integer({ min: 1000, max: 100_000 }),
});

const connections: fc.Arbitrary<BulkConnection[]> = fc.array(
  fc.record({ listener: fc.integer({ min: 0, max: 1 }), client: side, server: side }),
  { minLength: 1, maxLength: 2 },
);

/** Linux's sizes, or sizes so small that windows shut and open all the time. */
const buffers = fc.oneof(
  fc.constant({}),
  fc.record({
    sendBytes: fc.integer({ min: 1000, max: 100_000 }),
    receiveBytes: fc.integer({ min: 1000, max: 100_000 }),
  }),
);

const windows = fc.integer({ min: 1000, max: 200_000 });

test.each(['real', 'real, public API alone'])(
  'for every transfer that fills buffers, the simulation and the kernel show the same: %s',
  (backend) =>
    fc.assert(
      fc.asyncProperty(connections, buffers, windows, async (made, sizes, windowBytes) => {
        const behaviour = {
          title: '',
          run: (world: Parameters<typeof runBulk>[0]) => runBulk(world, made),
          expected: {},
        };
        const real = await BACKENDS[backend](behaviour);
        expect(await BACKENDS.simulation(behaviour), 'by default').toEqual(real);
        expect(await inSimulation({ windowBytes })(behaviour), 'with a small window').toEqual(real);
        expect(await inSimulation({ buffers: sizes })(behaviour), 'with buffers apart').toEqual(real);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    ),
  60_000 + RUNS * 500,
);
