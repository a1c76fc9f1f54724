// What programs of net operations there are, for fast-check.
import fc from 'fast-check';
import {
  type Act,
  CONNECT_FORMS,
  CONNECTIONS,
  type ConnectForm,
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

const allReaders: fc.Arbitrary<Reader> = fc.constantFrom(
  'data',
  'data',
  'none',
  'readable',
  'sip',
  'iterate',
  'echo',
);

const operations = (readers: fc.Arbitrary<Reader>): fc.Arbitrary<Operation> =>
  fc.oneof(
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
      arbitrary: fc.record({
        kind: fc.constant('end' as const),
        sizeBytes: sizes,
        hasCallback: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('read' as const),
        sizeBytes: fc.integer({ min: 1, max: 50 }),
      }),
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

const others: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('listen' as const, 'closeServer', 'wait'),
}) as fc.Arbitrary<Act>;

/** Programs of these operations and readers. */
function programsOf(operation: fc.Arbitrary<Operation>, reader: fc.Arbitrary<Reader>): fc.Arbitrary<Program> {
  const connecting = (forms: readonly ConnectForm[], which: fc.Arbitrary<number>) =>
    fc.record({
      kind: fc.constant('connect' as const),
      connection: which,
      form: fc.constantFrom(...forms),
      settings,
      reader,
    });
  const operating = fc.record({
    kind: fc.constant('operate' as const),
    connection,
    end: fc.constantFrom('client' as const, 'server'),
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
  });
  const reaction = fc.record({
    end: fc.constantFrom('client' as const, 'server'),
    event: fc.constantFrom(...REACTION_EVENTS),
    operation,
  });
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 14, arbitrary: operating },
    { weight: 3, arbitrary: connecting(CONNECT_FORMS, connection) },
    { weight: 1, arbitrary: others },
  );
  // Most programs have something to talk on.
  const first = connecting(['options', 'arguments', 'constructor'], fc.constant(0));
  return fc
    .record({
      server: serverSettings,
      reader,
      reactions: fc.array(reaction, { maxLength: 3 }),
      acts: fc
        .tuple(first, fc.array(act, { minLength: 1, maxLength: 12 }))
        .map(([connect, rest]): Act[] => [connect, ...rest]),
    })
    .map((program) => ({ ...program, [fc.toStringMethod]: () => describeProgram(program) }));
}

export const programs = programsOf(operations(allReaders), allReaders);

const gentleReaders = allReaders.filter((reader) => reader !== 'iterate');

/** Nothing that closes a socket with bytes unreceived: on Unix-domain sockets that reset overtakes an end of stream. */
export const gentlePrograms = programsOf(
  operations(gentleReaders).filter(({ kind }) => !/destroy/i.test(kind)),
  gentleReaders,
);
