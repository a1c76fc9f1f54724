// What programs of net operations there are, for fast-check.
import fc from 'fast-check';
import {
  type Act,
  CONNECT_FORMS,
  CONNECTIONS,
  describeProgram,
  type Operation,
  type Program,
  REACTION_EVENTS,
  type Reader,
  type ServerSettings,
  SIMPLE_OPERATIONS,
  type SocketSettings,
  TIMEOUT_MS,
} from './program.ts';

const sizes = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 }), fc.constant(0));

const readers: fc.Arbitrary<Reader> = fc.constantFrom(
  'data',
  'data',
  'none',
  'readable',
  'sip',
  'iterate',
  'echo',
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      sizeBytes: sizes,
      hasCallback: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('end' as const), sizeBytes: sizes, hasCallback: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('read' as const), sizeBytes: fc.integer({ min: 1, max: 50 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('setTimeout' as const),
      durationMs: fc.constantFrom(TIMEOUT_MS, 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('use' as const), reader: readers }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constantFrom(...SIMPLE_OPERATIONS) }) },
);

const highWaterMark = fc.constantFrom(undefined, undefined, 1, 100, 4096);

const settings: fc.Arbitrary<SocketSettings> = fc.record({ allowHalfOpen: fc.boolean(), highWaterMark });

const serverSettings: fc.Arbitrary<ServerSettings> = fc.record({
  allowHalfOpen: fc.boolean(),
  highWaterMark,
  pauseOnConnect: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  maxConnections: fc.constantFrom(undefined, undefined, undefined, 0, 1),
});

const connection = fc.integer({ min: 0, max: CONNECTIONS - 1 });

const connecting: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('connect' as const),
  connection,
  form: fc.constantFrom(...CONNECT_FORMS),
  settings,
  reader: readers,
});

const operating: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('operate' as const),
  connection,
  end: fc.constantFrom('client' as const, 'server'),
  operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
});

const others: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('listen' as const, 'closeServer', 'wait'),
}) as fc.Arbitrary<Act>;

const reaction = fc.record({
  end: fc.constantFrom('client' as const, 'server'),
  event: fc.constantFrom(...REACTION_EVENTS),
  operation,
});

/** Most programs have something to talk on. */
const acts = fc
  .tuple(
    fc.record({
      kind: fc.constant('connect' as const),
      connection: fc.constant(0),
      form: fc.constantFrom('options' as const, 'arguments', 'constructor'),
      settings,
      reader: readers,
    }),
    fc.array(
      fc.oneof(
        { weight: 14, arbitrary: operating },
        { weight: 3, arbitrary: connecting },
        { weight: 1, arbitrary: others },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  )
  .map(([first, rest]): Act[] => [first, ...rest]);

export const programs: fc.Arbitrary<Program> = fc
  .record({
    server: serverSettings,
    reader: readers,
    reactions: fc.array(reaction, { maxLength: 3 }),
    acts,
  })
  .map((program) => ({ ...program, [fc.toStringMethod]: () => describeProgram(program) }));
