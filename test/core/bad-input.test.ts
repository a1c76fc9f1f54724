// Every public call of the core with arguments that make no sense: each is refused at the call, by a typed error that says
// what it takes and what it got, and leaves nothing registered.
import { describe, expect, test } from 'vitest';
import {
  ArgumentError,
  AsyncChat,
  type Clock,
  Dispatcher,
  DispatcherWithSend,
  FileDispatcher,
  FileWrapper,
  findPrefixAtEnd,
  formatAddress,
  Reactor,
  SimpleProducer,
  StateError,
  strerror,
  type Transport,
} from '../../src/core/index.ts';
import { createRealReactor, RealTransport } from '../../src/real/index.ts';
import { PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

const WRONG = {
  undefined: undefined,
  null: null,
  NaN: Number.NaN,
  '-1': -1,
  '0': 0,
  '1.5': 1.5,
  '1e9': 1e9,
  Infinity: Number.POSITIVE_INFINITY,
  '10n': 10n,
  true: true,
  symbol: Symbol('s'),
  '""': '',
  '"x"': 'x',
  'with NUL': 'a\0b',
  '{}': {},
  '[]': [],
  bytes: new Uint8Array(2),
  function: () => {},
} as const;

type Kind = keyof typeof WRONG;

/** What a call may take of these. */
const OBJECT: readonly Kind[] = ['{}', '[]', 'bytes'];
const OPTIONS: readonly Kind[] = ['undefined', ...OBJECT];
const OMITTED: readonly Kind[] = ['undefined', 'null'];
const TIME: readonly Kind[] = ['0', '1.5', '1e9'];
const FLAG: readonly Kind[] = ['undefined', 'true'];

const CLOCK: Clock = { now: () => 0, setTimer: () => ({ cancel: () => {} }) };
const TRANSPORT = new World().reactor.transport;
const DRIVER = { requestTurn: () => {} };
const GOOD = { transport: TRANSPORT, clock: CLOCK, driver: DRIVER };

const idle = (): Dispatcher => new Dispatcher(new World().reactor);

function open<T extends Dispatcher>(type: new (reactor: Reactor, endpoint: ScriptedEndpoint) => T): T {
  return new type(new World().reactor, new ScriptedEndpoint().open());
}

/** Its channels are closed at once. */
const real = new RealTransport();
const LOCAL = { host: '127.0.0.1', port: 0 };
const CLOSED = { host: '127.0.0.1', port: 1 };

type Call = readonly [name: string, call: (value: never) => unknown, accepted?: readonly Kind[]];

const CALLS: readonly Call[] = [
  ['new Dispatcher(reactor)', (v) => new Dispatcher(v)],
  ['new Dispatcher(reactor, endpoint)', (v) => new Dispatcher(new World().reactor, v), OMITTED],
  ['createSocket(family)', (v) => idle().createSocket(v), OMITTED],
  ['bind(address)', (v) => idle().bind(v)],
  ['bind({ host })', (v) => idle().bind({ host: v, port: 1 }), ['"x"']],
  ['bind({ port })', (v) => idle().bind({ host: 'a', port: v }), ['0']],
  ['bind({ path })', (v) => idle().bind({ path: v }), ['"x"']],
  ['connect(address)', (v) => idle().connect(v)],
  ['listen(backlog)', (v) => idle().listen(v), OPTIONS],
  ['listen({ ipv6Only })', (v) => idle().listen({ ipv6Only: v }), FLAG],
  ['send(data)', (v) => open(Dispatcher).send(v), ['bytes']],
  ['send(data) of DispatcherWithSend', (v) => open(DispatcherWithSend).send(v), ['bytes']],
  ['recv(sizeBytes)', (v) => open(Dispatcher).recv(v), ['0', '1e9']],
  ['wantRead(wanted)', (v) => open(Dispatcher).wantRead(v), ['true']],
  ['wantWrite(wanted)', (v) => open(Dispatcher).wantWrite(v), ['true']],
  ['callLater(delayMs)', (v) => open(Dispatcher).callLater(v, () => {}), TIME],
  ['callLater(1, callback)', (v) => open(Dispatcher).callLater(1, v), ['function']],
  ['closeWhenDone(options)', (v) => open(DispatcherWithSend).closeWhenDone(v), OPTIONS],
  [
    'closeWhenDone({ lingerMs })',
    (v) => open(DispatcherWithSend).closeWhenDone({ lingerMs: v }),
    ['undefined', ...TIME],
  ],
  [
    'setTerminator(terminator)',
    (v) => open(AsyncChat).setTerminator(v),
    ['null', '0', '1e9', '""', '"x"', 'with NUL', 'bytes'],
  ],
  ['push(data)', (v) => open(AsyncChat).push(v), ['bytes']],
  ['pushWithProducer(producer)', (v) => open(AsyncChat).pushWithProducer(v), ['bytes']],
  ['new SimpleProducer(data)', (v) => new SimpleProducer(v), ['bytes']],
  [
    'new SimpleProducer(data, sizeBytes)',
    (v) => new SimpleProducer(new Uint8Array(9), v),
    ['undefined', '1e9'],
  ],
  ['findPrefixAtEnd(haystack)', (v) => findPrefixAtEnd(v, new Uint8Array(2)), ['bytes']],
  ['findPrefixAtEnd(haystack, needle)', (v) => findPrefixAtEnd(new Uint8Array(2), v), ['bytes']],
  ['formatAddress(address)', (v) => formatAddress(v)],
  ['new Reactor(options)', (v) => new Reactor(v)],
  ['new Reactor({ transport })', (v) => new Reactor({ ...GOOD, transport: v })],
  ['new Reactor({ clock })', (v) => new Reactor({ ...GOOD, clock: v })],
  ['new Reactor({ driver })', (v) => new Reactor({ ...GOOD, driver: v })],
  ['new Reactor({ order })', (v) => new Reactor({ ...GOOD, order: v }), ['undefined', 'function']],
  ['new Reactor({ log })', (v) => new Reactor({ ...GOOD, log: v }), ['undefined', 'function']],
  ['new Reactor({ onUncaught })', (v) => new Reactor({ ...GOOD, onUncaught: v }), ['undefined', 'function']],
  ['reactor.loop(options)', (v) => new World().reactor.loop(v), OPTIONS],
  ['reactor.loop({ timeoutMs })', (v) => new World().reactor.loop({ timeoutMs: v }), ['undefined', ...TIME]],
  ['reactor.loop({ count })', (v) => new World().reactor.loop({ count: v }), ['undefined', '0', '1e9']],
  ['reactor.loop({ signal })', (v) => new World().reactor.loop({ signal: v }), ['undefined']],
  ['reactor.closeAll(options)', (v) => new World().reactor.closeAll(v), OPTIONS],
  ['reactor.closeAll({ ignoreAll })', (v) => new World().reactor.closeAll({ ignoreAll: v }), FLAG],
  ['reactor.callLater(delayMs)', (v) => new World().reactor.callLater(v, () => {}), TIME],
  ['reactor.callLater(1, callback)', (v) => new World().reactor.callLater(1, v), ['function']],
  ['reactor.callEvery(intervalMs)', (v) => new World().reactor.callEvery(v, () => {}), TIME],
  ['reactor.callEvery(1, callback)', (v) => new World().reactor.callEvery(1, v), ['function']],
  ['new FileWrapper(transport)', (v) => new FileWrapper(v, 'x')],
  ['createRealReactor(options)', (v) => createRealReactor(v), OPTIONS],
  ['createRealReactor({ wrap })', (v) => createRealReactor({ wrap: v }), ['undefined']],
  [
    'createRealReactor({ wrap }) that gives',
    (v) => createRealReactor({ wrap: () => v as unknown as Transport }),
  ],
  ['real: new RealTransport(options)', (v) => new RealTransport(v), OPTIONS],
  ['real: listen(address)', (v) => real.listen(v).close()],
  ['real: listen(address, options)', (v) => real.listen(LOCAL, v).close(), OPTIONS],
  ['real: listen(address, { backlog })', (v) => real.listen(LOCAL, { backlog: v }).close(), ['undefined']],
  ['real: listen(address, { ipv6Only })', (v) => real.listen(LOCAL, { ipv6Only: v }).close(), FLAG],
  ['real: connect(address)', (v) => real.connect(v).close()],
  ['real: connect(address, options)', (v) => real.connect(CLOSED, v).close(), OPTIONS],
  [
    'real: connect(address, { family })',
    (v) => real.connect(CLOSED, { family: v }).close(),
    ['undefined', '0'],
  ],
  ['real: connect(address, { local })', (v) => real.connect(CLOSED, { local: v }).close(), OPTIONS],
  [
    'real: connect(address, { local: { port } })',
    (v) => real.connect(CLOSED, { local: { port: v } }).close(),
    ['undefined', '0'],
  ],
  [
    'real: connect(address, { local: { host } })',
    (v) => real.connect(CLOSED, { local: { host: v } }).close(),
    ['undefined', '"x"'],
  ],
];

const KINDS = Object.keys(WRONG) as Kind[];

const DESCRIBED = CALLS.map(([name, call, accepted = []]) => ({ name, call, accepted }));

describe.each(DESCRIBED)('$name', ({ name, call, accepted }) => {
  test.each(KINDS.filter((kind) => !accepted.includes(kind)))('refuses %s', (kind) => {
    expect(() => call(WRONG[kind] as never), name).toThrow(ArgumentError);
  });
});

test.each(DESCRIBED.filter(({ accepted }) => accepted.length > 0))(
  '$name takes $accepted',
  ({ call, accepted }) => {
    for (const kind of accepted) call(WRONG[kind] as never);
  },
);

test('strerror has words for whatever it is given', () => {
  for (const kind of KINDS) expect(strerror(WRONG[kind] as never), kind).toMatch(/^unknown error/);
  expect(strerror('constructor')).toBe('unknown error constructor');
});

describe('a call at the wrong moment', () => {
  test('an endpoint has one dispatcher', () => {
    const { reactor } = new World();
    const endpoint = new ScriptedEndpoint().open();
    const first = new Dispatcher(reactor, endpoint);
    expect(() => new DispatcherWithSend(reactor, endpoint)).toThrow(StateError);
    expect([endpoint.watcher, reactor.size]).toEqual([first, 1]);
  });

  test('a file that is closed gets no channel', () => {
    const { reactor } = new World();
    const file = new FileWrapper(reactor.transport, 'x');
    file.close();
    expect(() => new FileDispatcher(reactor, file)).toThrow(StateError);
    expect(reactor.size).toBe(0);
  });

  test('a client bound to a path cannot connect', () => {
    const client = idle();
    client.bind({ path: '/tmp/x' });
    expect(() => client.connect({ path: '/tmp/y' })).toThrow(StateError);
    expect(() => client.connect(PEER)).toThrow(StateError);
    expect([client.channelState, client.reactor.size]).toEqual(['idle', 0]);
  });

  test.each([
    ['tcp4', '::1'],
    ['tcp4', '::ffff:127.0.0.1'],
    ['tcp6', '127.0.0.1'],
    ['tcp6', '0.0.0.0'],
  ] as const)('a channel of the family %s does not take the address %s', (family, host) => {
    const channel = idle();
    channel.createSocket(family);
    expect(() => channel.bind({ host, port: 1 })).toThrow(ArgumentError);
    expect(() => channel.connect({ host, port: 1 })).toThrow(ArgumentError);
    expect(channel.channelState).toBe('idle');
  });

  test('a family that the bound address is not of is refused', () => {
    const server = idle();
    server.bind({ host: '0.0.0.0', port: 0 });
    expect(() => server.createSocket('unix')).toThrow(ArgumentError);
    server.createSocket('tcp4');
    server.listen();
    expect(server.channelState).toBe('binding');
  });
});
