// The simulation against the kernel: random programs of socket operations must see the same on both.
// FOULWEATHER_DIFFERENTIAL_RUNS=10000 makes the long run; FOULWEATHER_DIFFERENTIAL_SEED repeats one.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '../../src/core/index.ts';
import { BACKENDS } from '../../test/contract/backends.ts';
import { type Act, CONNECTIONS, describeAct, runMeeting } from '../../test/contract/meeting.ts';
import type { Operation } from '../../test/contract/program.ts';
import { LOOPBACK } from '../../test/contract/world.ts';

const RUNS = Number(process.env.FOULWEATHER_DIFFERENTIAL_RUNS ?? 300);
const SEED = Number(process.env.FOULWEATHER_DIFFERENTIAL_SEED ?? 9293);

/** A loaded kernel may deliver late, and then an abort overtakes; a true difference shows every time. */
const ATTEMPTS = 4;

const sizes = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 }));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), sizeBytes: sizes }),
  fc.record({ kind: fc.constant('take' as const), sizeBytes: sizes }),
  fc.record({
    kind: fc.constantFrom('read' as const, 'read', 'stop', 'shutdown', 'close', 'abort'),
  }),
);

const connection = fc.integer({ min: 0, max: CONNECTIONS - 1 });

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('listen' as const, 'listen', 'unlisten') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('connect' as const), connection }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('operate' as const),
      connection,
      end: fc.constantFrom('client' as const, 'server'),
      operation,
    }),
  },
);

/** Most programs have something to talk on. */
const program = fc
  .array(act, { minLength: 1, maxLength: 24 })
  .map((acts): Act[] => [{ kind: 'listen' }, { kind: 'connect', connection: 0 }, ...acts]);

/** Where all meet. */
const place = fc.constantFrom<Address[]>(LOOPBACK, { host: '::1', port: 0 });

type Events = Record<string, string[]>;

/** What the kernel showed, with the known difference 'reset-after-end' taken for what the simulation shows. */
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
    const property = fc.asyncProperty(program, place, async (acts, address) => {
      const behaviour = {
        title: acts.map(describeAct).join(', '),
        run: (world: Parameters<typeof runMeeting>[0]) => runMeeting(world, acts, address),
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
