import { describe, expect, test } from 'vitest';
import { ArgumentError, Dispatcher, END_OF_STREAM, StateError } from '../../src/core/index.ts';
import { bytes, Recorder, type Script } from '../support/recording.ts';
import { HERE, PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

function connected(script: Script = {}) {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Recorder(world.reactor, endpoint, script);
  world.turns();
  channel.events.length = 0;
  return { world, endpoint, channel };
}

describe('connecting', () => {
  test('a client gets connect, then write', () => {
    const world = new World();
    const client = new Recorder(world.reactor);
    client.connect(PEER);
    expect([client.channelState, client.connected]).toEqual(['connecting', false]);
    world.endpoints[0].open();
    world.turns();
    expect(client.events).toEqual(['connect', 'write']);
    expect([client.channelState, client.connected]).toEqual(['open', true]);
  });

  test('a client whose server speaks first gets connect, read, write', () => {
    const world = new World();
    const client = new Recorder(world.reactor);
    client.connect(PEER);
    world.endpoints[0].receive('hello').open();
    world.turns();
    expect(client.events).toEqual(['connect', 'read hello', 'write']);
  });

  test('a refused connection gets close with the reason, once, and never connect', () => {
    const world = new World();
    const client = new Recorder(world.reactor);
    client.connect(PEER);
    world.endpoints[0].fail('ECONNREFUSED');
    world.turns();
    expect(client.events).toEqual(['close refused ECONNREFUSED']);
    expect([client.closed, world.reactor.size]).toEqual([true, 0]);
  });

  test('close in handleConnect is respected', () => {
    const world = new World();
    const client: Recorder = new Recorder(world.reactor, null, { onConnect: () => client.close() });
    client.connect(PEER);
    world.endpoints[0].receive('hello').open();
    world.turns();
    expect([client.events, client.connected]).toEqual([['connect'], false]);
  });

  test('connect with a bad address throws and leaves the channel idle', () => {
    const world = new World();
    const client = new Dispatcher(world.reactor);
    expect(() => client.connect({ host: '', port: 1 })).toThrow(ArgumentError);
    expect(() => client.connect({ host: 'a', port: 65536 })).toThrow(ArgumentError);
    expect([client.channelState, world.reactor.size]).toEqual(['idle', 0]);
  });

  test('createSocket restricts the family of an address', () => {
    const world = new World();
    const unix = new Dispatcher(world.reactor);
    unix.createSocket('unix');
    expect(() => unix.connect(PEER)).toThrow(ArgumentError);
    expect(() => unix.listen()).toThrow(StateError);
    const tcp = new Dispatcher(world.reactor);
    tcp.createSocket('tcp4');
    expect(() => tcp.bind({ path: '/tmp/x' })).toThrow(ArgumentError);
    const any = new Dispatcher(world.reactor);
    any.createSocket();
    any.connect({ path: '/tmp/x' });
    expect([unix.channelState, tcp.channelState, any.channelState]).toEqual(['idle', 'idle', 'connecting']);
  });

  test.each([0, -1, 1.5, 'x', null, 65536])('listen(%o) is an argument error', (backlog) => {
    const world = new World();
    const server = new Dispatcher(world.reactor);
    expect(() => server.listen(backlog as number)).toThrow(ArgumentError);
    expect([server.channelState, world.reactor.size]).toEqual(['idle', 0]);
  });

  test('a second connect throws a StateError', () => {
    const world = new World();
    const client = new Dispatcher(world.reactor);
    client.connect(PEER);
    expect(() => client.connect(PEER)).toThrow(StateError);
    expect(world.endpoints.length).toBe(1);
  });
});

describe('end of stream', () => {
  test('the end comes after the last byte, then close, once', () => {
    const { world, endpoint, channel } = connected();
    endpoint.receive('abc').end();
    world.turns();
    expect(channel.events).toEqual(['read abc', 'read nothing', 'end', 'close end']);
    expect(endpoint.isClosed).toBe(true);
  });

  test('a channel whose handleEnd does not close goes on sending, and does not spin', () => {
    const { world, endpoint, channel } = connected({ onEnd: () => {} });
    endpoint.end();
    expect(world.turns()).toBe(1);
    expect(channel.events).toEqual(['read nothing', 'end']);
    expect(channel.send(bytes('still here'))).toBe(10);
    expect(channel.recv(1)).toBe(END_OF_STREAM);
    world.turns();
    expect(channel.events).toEqual(['read nothing', 'end']);
  });

  test('an end received outside a turn is reported from the loop', () => {
    const { world, endpoint, channel } = connected({ onRead: () => {} });
    channel.wantRead(false);
    endpoint.end();
    world.turns();
    expect(channel.recv(1)).toBe(END_OF_STREAM);
    expect(channel.events).toEqual([]);
    world.turns();
    expect(channel.events).toEqual(['end', 'close end']);
  });

  test('recv(0) is harmless', () => {
    const { world, endpoint, channel } = connected();
    endpoint.receive('x');
    expect(channel.recv(0)).toEqual(new Uint8Array(0));
    world.turns();
    expect(channel.events).toEqual(['read x']);
  });

  test('bytes received before a reset are read first', () => {
    const { world, endpoint, channel } = connected({
      onRead: () => channel.events.push(String(channel.recv(1))),
    });
    endpoint.receive('ab').fail('ECONNRESET');
    world.turns();
    expect(channel.events).toEqual(['read', '97', 'read', '98', 'close reset ECONNRESET']);
  });
});

describe('a broken connection with bytes unread', () => {
  test('a program that does not read, and waits to send, is told', () => {
    const { world, endpoint, channel } = connected();
    channel.wantRead(false);
    endpoint.window(0);
    channel.send(bytes('x'));
    endpoint.receive('unread').fail('ECONNRESET');
    world.turns();
    expect(channel.events).toEqual(['close reset ECONNRESET']);
  });

  test('a program that reads gets the bytes first, also if it waits to send', () => {
    const { world, endpoint, channel } = connected();
    endpoint.window(0);
    channel.send(bytes('x'));
    endpoint.receive('a').receive('b').fail('ECONNRESET');
    world.turns();
    expect(channel.events).toEqual(['read a', 'read b', 'close reset ECONNRESET']);
  });

  test('a program that neither reads nor sends is told once it does either', () => {
    for (const [wake, events] of [
      [(channel: Recorder) => channel.wantRead(true), ['read unread', 'close reset ECONNRESET']],
      [(channel: Recorder) => channel.wantWrite(true), ['close reset ECONNRESET']],
      [(channel: Recorder) => void channel.send(bytes('x')), ['close reset ECONNRESET']],
    ] as const) {
      const { world, endpoint, channel } = connected();
      channel.wantRead(false);
      endpoint.receive('unread').fail('ECONNRESET');
      world.turns();
      expect(channel.events).toEqual([]);
      wake(channel);
      world.turns();
      expect(channel.events).toEqual(events);
    }
  });

  test('it is no choice of a picked turn while it is read nor sent to', () => {
    const world = new World({ order: () => 0 });
    const endpoint = new ScriptedEndpoint().open();
    const channel = new Recorder(world.reactor, endpoint);
    world.turns();
    channel.events.length = 0;
    channel.wantRead(false);
    endpoint.receive('unread').fail('ECONNRESET');
    expect(channel.isChannelDue()).toBe(false);
    channel.wantWrite(true);
    expect(channel.isChannelDue()).toBe(true);
    world.turns();
    expect(channel.events).toEqual(['close reset ECONNRESET']);
  });
});

describe('closed is final', () => {
  test('close in handleRead stops the same visit, and calls no handler', () => {
    const { world, endpoint, channel } = connected({ onRead: () => channel.close() });
    channel.wantWrite(true);
    endpoint.receive('x').receiveUrgent(1);
    world.turns();
    expect(channel.events).toEqual(['read']);
  });

  test('close is idempotent, and handleClose does not follow', () => {
    const { world, endpoint, channel } = connected();
    channel.close();
    channel.close();
    channel.abort();
    endpoint.receive('x').end();
    world.turns();
    expect([channel.events, endpoint.isAborted, endpoint.watcher]).toEqual([[], false, null]);
  });

  test('calls on a closed channel throw ERR_CHANNEL_CLOSED', () => {
    const { channel } = connected();
    channel.close();
    const attempts = [
      () => channel.send(bytes('x')),
      () => channel.recv(1),
      () => channel.connect(PEER),
      () => channel.shutdownWrite(),
      () => channel.callLater(1, () => {}),
    ];
    for (const attempt of attempts)
      expect(attempt).toThrow(expect.objectContaining({ code: 'ERR_CHANNEL_CLOSED' }));
  });

  test('a closed channel keeps its address', () => {
    const { channel } = connected();
    channel.close();
    expect(String(channel)).toBe('<Recorder closed 10.0.0.2:4242>');
  });

  test('a timer of a closed channel never fires', () => {
    const { world, channel } = connected();
    channel.callLater(10, () => channel.events.push('timer'));
    channel.close();
    world.clock.advance(100);
    expect([channel.events, world.clock.pendingCount]).toEqual([[], 0]);
  });

  test('a channel closed by another in the same turn is skipped, and a new one does not get its events', () => {
    const world = new World();
    const events: string[] = [];
    const [first, second] = [new ScriptedEndpoint().open(), new ScriptedEndpoint().open()];
    const a = new Recorder(world.reactor, first, { name: 'a', events });
    const b = new Recorder(world.reactor, second, { name: 'b', events });
    world.turns();
    events.length = 0;
    const onRead = (): void => {
      a.recv(1);
      b.close();
      new Recorder(world.reactor, new ScriptedEndpoint().open(), { name: 'c', events });
    };
    a.script = { ...a.script, onRead };
    first.receive('x');
    second.receive('for b');
    world.turns();
    expect(events).toEqual(['a.read', 'c.write']);
  });
});

describe('exceptions', () => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const cases: [string, Script, (endpoint: ScriptedEndpoint) => void][] = [
    ['read', { onRead: boom }, (endpoint) => endpoint.receive('x')],
    ['write', { onWrite: boom }, (endpoint) => endpoint.window(0).window(9)],
    ['expt', { onExpt: boom }, (endpoint) => endpoint.receiveUrgent(1)],
  ];
  for (const [handler, script, trigger] of cases) {
    test(`an exception in ${handler} reaches handleError, then handleClose, and the peer sees a reset`, () => {
      const { world, endpoint, channel } = connected();
      channel.script = script;
      channel.wantWrite(handler === 'write');
      trigger(endpoint);
      world.turns();
      expect(channel.events).toEqual([handler, 'error boom', 'close exception']);
      expect([endpoint.isAborted, world.reactor.size]).toEqual([true, 0]);
    });
  }

  test('an exception in handleEnd reaches handleError, then handleClose', () => {
    const { world, endpoint, channel } = connected({ onEnd: boom });
    endpoint.end();
    world.turns();
    expect(channel.events).toEqual(['read nothing', 'end', 'error boom', 'close exception']);
  });

  test('an exception in handleConnect reaches handleError, then handleClose', () => {
    const world = new World();
    const client = new Recorder(world.reactor, null, { onConnect: boom });
    client.connect(PEER);
    world.endpoints[0].open();
    world.turns();
    expect(client.events).toEqual(['connect', 'error boom', 'close exception']);
  });

  test('an exception in handleClose reaches handleError, and handleClose is not called again', () => {
    const { world, endpoint, channel } = connected({ onClose: boom });
    endpoint.fail('ECONNRESET');
    world.turns();
    expect(channel.events).toEqual(['close reset ECONNRESET', 'error boom']);
  });

  test('an exception in handleError closes the channel all the same, and both are reported', () => {
    const { world, endpoint, channel } = connected({
      onRead: boom,
      onError: () => {
        throw new Error('second');
      },
    });
    endpoint.receive('x');
    world.turns();
    expect(channel.events).toEqual(['read', 'error boom', 'close exception']);
    expect(world.uncaught.map(String)).toEqual(['Error: boom', 'Error: second']);
  });

  test('the default handleError reports to the reactor, with the place in the log', () => {
    const world = new World();
    class Broken extends Dispatcher {
      override handleRead(): void {
        boom();
      }
    }
    const endpoint = new ScriptedEndpoint().open();
    new Broken(world.reactor, endpoint);
    endpoint.receive('x');
    world.turns();
    expect(world.uncaught.map(String)).toEqual(['Error: boom']);
    expect(world.logged[0]).toMatch(
      /^error: uncaught exception, closing channel <Broken .*\(Error: boom, at boom \(.*dispatcher\.test\.ts:\d+\)\)$/,
    );
  });

  test('what was thrown and cannot be read closes that channel only', () => {
    const world = new World();
    const trap = (): never => {
      throw new Error('not to be touched');
    };
    class Broken extends Dispatcher {
      override handleRead(): void {
        throw new Proxy({}, { get: trap, getPrototypeOf: trap });
      }
    }
    const endpoint = new ScriptedEndpoint().open();
    const broken = new Broken(world.reactor, endpoint);
    const other = new Recorder(world.reactor, new ScriptedEndpoint().open());
    endpoint.receive('x');
    world.turns();
    expect(world.logged[0]).toContain('(an object was thrown that cannot be read: its fields throw)');
    expect([broken.closed, other.closed]).toEqual([true, false]);
  });

  test('an exception in a timer of a channel closes that channel only', () => {
    const { world, channel } = connected();
    const other = new Recorder(world.reactor, new ScriptedEndpoint().open());
    channel.callLater(5, boom);
    world.clock.advance(5);
    expect([channel.events, other.closed]).toEqual([['error boom', 'close exception'], false]);
  });
});

describe('interest', () => {
  test('handleWrite is called once after connecting, then only after a short send', () => {
    const { world, endpoint, channel } = connected();
    expect(world.turns()).toBe(0);
    endpoint.window(2);
    world.turns();
    expect(channel.events).toEqual([]);
    expect(channel.send(bytes('abc'))).toBe(2);
    endpoint.window(10);
    world.turns();
    expect(channel.events).toEqual(['write']);
  });

  test('bytes stay where they are until read interest returns', () => {
    const { world, endpoint, channel } = connected();
    channel.wantRead(false);
    endpoint.receive('x');
    world.turns();
    expect(channel.events).toEqual([]);
    channel.wantRead(true);
    world.turns();
    expect(channel.events).toEqual(['read x']);
  });

  test('recv that would block is no event', () => {
    const { channel } = connected();
    expect(channel.recv(10)).toBe(null);
    expect(channel.closed).toBe(false);
  });

  test('send while connecting accepts nothing', () => {
    const world = new World();
    const client = new Recorder(world.reactor);
    client.connect(PEER);
    expect(client.send(bytes('x'))).toBe(0);
  });

  test('urgent data is handed over once, whether or not it is taken', () => {
    const { world, endpoint, channel } = connected();
    endpoint.receiveUrgent(7);
    expect(world.turns()).toBeLessThan(3);
    expect(channel.events).toEqual(['expt']);
    expect(channel.recvUrgent()).toBe(null);
  });
});

describe('listening', () => {
  function listening(script: Script = {}) {
    const world = new World();
    const server = new Recorder(world.reactor, null, script);
    server.bind({ host: '0.0.0.0', port: 0 });
    server.listen(5);
    world.listeners[0].open();
    world.turns();
    return { world, server, listener: world.listeners[0] };
  }

  test('handleListening comes first, with the real port', () => {
    const { server } = listening();
    expect(server.events).toEqual(['listening']);
    expect([server.localAddress, server.address, server.accepting]).toEqual([HERE, HERE, true]);
  });

  test('an address in use ends the channel with the reason', () => {
    const world = new World();
    const server = new Recorder(world.reactor);
    server.listen();
    world.listeners[0].fail('EADDRINUSE');
    world.turns();
    expect([server.events, world.reactor.size]).toEqual([['close failed EADDRINUSE'], 0]);
  });

  test('one connection is accepted a turn', () => {
    const { world, server, listener } = listening();
    listener.arrive();
    listener.arrive();
    world.reactor.turn();
    expect(server.events).toEqual(['listening', 'accepted']);
    world.turns();
    expect(server.events).toEqual(['listening', 'accepted', 'accepted']);
  });

  test('acceptsPerTurn accepts that many in one turn', () => {
    const { world, server, listener } = listening();
    server.acceptsPerTurn = 2;
    for (let count = 0; count < 3; count += 1) listener.arrive();
    world.reactor.turn();
    expect(server.events).toEqual(['listening', 'accepted', 'accepted']);
  });

  test('the default handleAccepted closes what it is given', () => {
    const { world, listener } = listening();
    const endpoint = listener.arrive();
    world.turns();
    expect(endpoint.isClosed).toBe(true);
  });

  test('an exception in handleAccepted aborts the new connection, and the listener goes on', () => {
    let count = 0;
    const { world, server, listener } = listening({
      onAccepted: () => {
        count += 1;
        if (count === 1) throw new Error('boom');
      },
    });
    const first = listener.arrive();
    listener.arrive();
    world.turns();
    expect(server.events).toEqual(['listening', 'accepted', 'error boom', 'accepted']);
    expect([first.isAborted, server.closed]).toEqual([true, false]);
  });

  test('an exception after a channel was made of the connection ends that channel', () => {
    const events: string[] = [];
    const { world, server, listener } = listening({
      onAccepted: (endpoint) => {
        new Recorder(world.reactor, endpoint, { name: 'new', events });
        throw new Error('boom');
      },
    });
    const endpoint = listener.arrive();
    world.turns();
    expect(events).toEqual(['new.close exception']);
    expect([endpoint.isAborted, server.closed, world.reactor.size]).toEqual([true, false, 1]);
  });

  test('an accept that fails pauses the listener, also with an overridden readable', () => {
    const world = new World();
    class Eager extends Recorder {
      override readable(): boolean {
        return true;
      }
    }
    const server = new Eager(world.reactor);
    server.listen();
    world.listeners[0].open();
    world.turns();
    world.listeners[0].fail('EMFILE');
    world.turns();
    world.listeners[0].arrive();
    world.turns();
    expect(server.events).toEqual(['listening', 'accept error EMFILE']);
    world.clock.advance(100);
    world.turns();
    expect(server.events).toEqual(['listening', 'accept error EMFILE', 'accepted']);
  });

  test('a pause after a failed accept does not undo wantRead(false)', () => {
    const { world, server, listener } = listening();
    listener.fail('EMFILE');
    world.turns();
    server.wantRead(false);
    world.clock.advance(100);
    listener.arrive();
    world.turns();
    expect(server.events).toEqual(['listening', 'accept error EMFILE']);
  });

  test('a connection that was reset before its first event gets its bytes, then close', () => {
    const events: string[] = [];
    const { world, listener } = listening({
      onAccepted: (endpoint) => new Recorder(world.reactor, endpoint, { events }),
    });
    listener.arrive(new ScriptedEndpoint().open().receive('x').fail('ECONNRESET'));
    world.turns();
    expect(events).toEqual(['read x', 'close reset ECONNRESET']);
  });
});
