// The simulation against the kernel: random programs of socket operations must see the same on both.
// FOULWEATHER_DIFFERENTIAL_RUNS=10000 makes the long run; FOULWEATHER_DIFFERENTIAL_SEED repeats one.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '../../src/core/index.ts';
import { BACKENDS } from '../../test/contract/backends.ts';
import { describeStep, runProgram, type Step } from '../../test/contract/program.ts';
import { LOOPBACK } from '../../test/contract/world.ts';

const RUNS = Number(process.env.FOULWEATHER_DIFFERENTIAL_RUNS ?? 300);
const SEED = Number(process.env.FOULWEATHER_DIFFERENTIAL_SEED ?? 9293);

/** A loaded kernel may deliver late, and then an abort overtakes; a true difference shows every time. */
const ATTEMPTS = 4;

const end = fc.constantFrom<Step['end'][]>('client', 'server');

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    end,
    kind: fc.constant('send' as const),
    sizeBytes: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 })),
  }),
  fc.record({
    end,
    kind: fc.constantFrom<('read' | 'stop' | 'shutdown' | 'close' | 'abort')[]>(
      'read',
      'read',
      'stop',
      'shutdown',
      'close',
      'abort',
    ),
  }),
);

const program = fc.array(step, { minLength: 1, maxLength: 20 });

/** Where the two meet. */
const place = fc.constantFrom<Address[]>(LOOPBACK, { host: '::1', port: 0 });

type Events = Record<string, string[]>;

/** What the kernel showed, with the differences in docs/known-differences.md taken for what the simulation shows. */
function explain(real: Events, simulated: Events): Events {
  const explained = { ...real };
  for (const [name, events] of Object.entries(simulated)) {
    const seen = real[name] ?? [];
    const at = events.findIndex((event, index) => event !== seen[index]);
    if (at < 0) continue;
    if (events[at] === 'close reset EPIPE') explained[name] = [...seen.slice(0, at), ...events.slice(at)];
  }
  return explained;
}

test.each(['real', 'real, public API alone'])(
  'for every program of socket operations, the simulation and the kernel show the same: %s',
  async (backend) => {
    const property = fc.asyncProperty(program, place, async (steps, address) => {
      const behaviour = {
        title: steps.map(describeStep).join(', '),
        run: (world: Parameters<typeof runProgram>[0]) => runProgram(world, steps, address),
        expected: {},
      };
      const simulated = await BACKENDS.simulation(behaviour);
      let real: Events = {};
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        real = explain(await BACKENDS[backend](behaviour), simulated);
        if (isDeepStrictEqual(real, simulated)) break;
      }
      expect(real, behaviour.title).toEqual(simulated);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: false });
  },
  60_000 + RUNS * 100,
);
