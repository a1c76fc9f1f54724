// The parts of CPython's test_asyncore.py that need no network: HelperFunctionTests and DispatcherTests.
import { describe, expect, test } from 'vitest';
import {
  type CloseReason,
  compactTraceback,
  Dispatcher,
  ExitNow,
  type Reactor,
  strerror,
} from '../../src/core/index.ts';
import { ScriptedEndpoint, World } from '../support/scripted.ts';
import { ORDERS } from './support/bench.ts';

/** Raises ExitNow from every event. */
class Exiting extends Dispatcher {
  override handleRead(): void {
    throw new ExitNow();
  }
  override handleWrite(): void {
    throw new ExitNow();
  }
  override handleExpt(): void {
    throw new ExitNow();
  }
  override handleClose(): void {
    throw new ExitNow();
  }
}

/** Throws from every event, and notes handleError. */
class Crashing extends Dispatcher {
  errors = 0;

  override handleRead(): void {
    throw new Error('crash');
  }
  override handleWrite(): void {
    throw new Error('crash');
  }
  override handleExpt(): void {
    throw new Error('crash');
  }
  override handleError(): void {
    this.errors += 1;
  }
}

/** Notes which events came. */
class Noting extends Dispatcher {
  readonly events: string[] = [];

  override handleRead(): void {
    this.recv(65536);
    this.events.push('read');
  }
  override handleWrite(): void {
    this.events.push('write');
  }
  override handleExpt(): void {
    this.events.push('expt');
  }
  override handleEnd(): void {
    this.events.push('end');
    super.handleEnd();
  }
  override handleClose(reason: CloseReason): void {
    this.events.push(`closed ${reason.kind}`);
  }
}

type Ready = (endpoint: ScriptedEndpoint, channel: Dispatcher) => void;

const read: Ready = (endpoint) => endpoint.receive('x');
const write: Ready = (_endpoint, channel) => channel.wantWrite(true);
const expt: Ready = (endpoint) => endpoint.receiveUrgent(1);
const hangUp: Ready = (endpoint) => endpoint.end();
const error: Ready = (endpoint) => endpoint.fail('ECONNRESET');

function open<C extends Dispatcher>(Kind: new (reactor: Reactor, endpoint: ScriptedEndpoint) => C) {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Kind(world.reactor, endpoint);
  channel.wantWrite(false);
  world.turns();
  return { world, endpoint, channel };
}

describe('HelperFunctionTests', () => {
  test.each([
    ['read', read],
    ['write', write],
    ['expt', expt],
  ])(
    'test_readwriteexc: from %s ExitNow leaves the turn, and another exception reaches handleError',
    (_name, ready) => {
      const exiting = open(Exiting);
      ready(exiting.endpoint, exiting.channel);
      expect(() => exiting.world.turns()).toThrow(ExitNow);
      expect(exiting.channel.connected).toBe(true);
      const crashing = open(Crashing);
      ready(crashing.endpoint, crashing.channel);
      crashing.world.turns();
      expect(crashing.channel.errors).toBe(1);
    },
  );

  // E3: hang-up is read as the end of stream, and an error comes after what was received.
  test.each<[string, Ready, string[]]>([
    ['IN', read, ['read']],
    ['PRI', expt, ['expt']],
    ['OUT', write, ['write']],
    ['ERR', error, ['closed reset']],
    ['HUP', hangUp, ['read', 'end', 'closed end']],
  ])('test_readwrite: %s calls these handlers and no other', (_flag, ready, events) => {
    const noting = open(Noting);
    ready(noting.endpoint, noting.channel);
    noting.world.turns();
    expect(noting.channel.events).toEqual(events);
  });

  test('test_closeall: closeAll closes every channel, and empties the map', () => {
    const { reactor } = new World();
    const channels = Array.from({ length: 10 }, () => new Dispatcher(reactor, new ScriptedEndpoint().open()));
    expect(reactor.size).toBe(10);
    reactor.closeAll();
    expect([reactor.size, channels.every((channel) => channel.closed)]).toEqual([0, true]);
  });

  test('test_closeall_default: the map is the reactor’s own, so another reactor keeps its channels', () => {
    const [one, other] = [new World(), new World()];
    new Dispatcher(one.reactor, new ScriptedEndpoint().open());
    new Dispatcher(other.reactor, new ScriptedEndpoint().open());
    one.reactor.closeAll();
    expect([one.reactor.size, other.reactor.size]).toEqual([0, 1]);
  });

  test('test_compact_traceback: file, function and line of the innermost frame, type, value, and all frames', () => {
    const fails = (): never => {
      throw new TypeError('hello');
    };
    try {
      fails();
    } catch (caught) {
      const traceback = compactTraceback(caught);
      expect(traceback).toMatchObject({ functionName: 'fails', type: 'TypeError', value: caught });
      expect(traceback.file).toMatch(/asyncore-units\.test\.ts$/);
      expect(traceback.line).toBeGreaterThan(1);
      expect(traceback.info).toMatch(/^(\[[^|]+\|[^|]+\|\d+\] )+\[[^|]+\|fails\|\d+\]$/);
    }
  });
});

describe.each(ORDERS)('DispatcherTests, %s', (order) => {
  test('test_basic: readable and writable are true by default', () => {
    const channel = new Dispatcher(new World({ order }).reactor);
    expect([channel.readable(), channel.writable()]).toEqual([true, true]);
  });

  test('test_repr: a dispatcher prints its class and state', () => {
    const channel = new Dispatcher(new World({ order }).reactor);
    expect(String(channel)).toBe('<Dispatcher idle>');
  });

  test('test_log: log gives each line to the log', () => {
    const world = new World({ order });
    const channel = new Dispatcher(world.reactor);
    channel.log('Lovely spam! Wonderful spam!');
    channel.log("I don't like spam!");
    expect(world.logged).toEqual(['log: Lovely spam! Wonderful spam!', "log: I don't like spam!"]);
  });

  test('test_log_info: logInfo gives the type, and leaves out the types to ignore', () => {
    const world = new World({ order });
    const channel = new Dispatcher(world.reactor);
    channel.logInfo('Have you got anything without spam?', 'EGGS');
    channel.logInfo("Why can't she have egg bacon spam and sausage?");
    channel.logInfo("That's got spam in it!", 'SPAM');
    channel.logInfo('quiet', 'warning');
    expect(world.logged).toEqual([
      'EGGS: Have you got anything without spam?',
      "info: Why can't she have egg bacon spam and sausage?",
      "SPAM: That's got spam in it!",
    ]);
  });

  test('test_unhandled: an event without a handler is logged as a warning', () => {
    const world = new World({ order });
    const channel = new Dispatcher(world.reactor);
    channel.ignoreLogTypes = new Set();
    channel.handleExpt();
    channel.handleRead();
    channel.handleWrite();
    channel.handleConnect();
    expect(world.logged).toEqual([
      'warning: unhandled incoming priority event',
      'warning: unhandled read event',
      'warning: unhandled write event',
      'warning: unhandled connect event',
    ]);
  });

  test('test_strerror: a code has words, and so has one that is unknown', () => {
    expect(strerror('EPERM').length).toBeGreaterThan(0);
    expect(strerror('-1')).toBe('unknown error -1');
  });
});
