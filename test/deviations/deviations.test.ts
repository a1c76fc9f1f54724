// The thirteen named deviations from asyncore, E1 to E13 of docs/asyncore.md: each test shows what happens here.
import { describe, expect, test } from 'vitest';
import { Dispatcher, END_OF_STREAM, isBytes, WOULD_BLOCK } from '../../src/core/index.ts';
import { bytes, Recorder, type Script, Sender } from '../support/recording.ts';
import { PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

function connected(script: Script = {}) {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Recorder(world.reactor, endpoint, script);
  world.turns();
  channel.events.length = 0;
  return { world, endpoint, channel };
}

test('E1: no handler is called after close, and handleClose comes once, with the reason', () => {
  const { world, endpoint, channel } = connected();
  channel.wantWrite(true);
  endpoint.receive('x').fail('ECONNRESET');
  world.turns();
  endpoint.receive('y').end();
  world.turns();
  expect(channel.events).toEqual(['read x', 'close reset ECONNRESET']);
});

test('E2: a channel closed in a turn and one opened in its place are never confused', () => {
  const world = new World();
  const events: string[] = [];
  const [first, second] = [new ScriptedEndpoint().open(), new ScriptedEndpoint().open()];
  const a = new Recorder(world.reactor, first, { name: 'a', events });
  const b = new Recorder(world.reactor, second, { name: 'b', events });
  world.turns();
  events.length = 0;
  a.script = {
    name: 'a',
    onRead: () => {
      a.recv(9);
      b.close();
      new Recorder(world.reactor, new ScriptedEndpoint().open(), { name: 'new', events }).wantWrite(false);
    },
  };
  first.receive('x');
  second.receive('meant for b');
  world.turns();
  expect(events).toEqual(['a.read']);
});

describe.each(['phased', 'per-channel'] as const)('%s', (order) => {
  test.each([
    ['a hang-up', (endpoint: ScriptedEndpoint) => endpoint.end(), 'close end'],
    ['a reset', (endpoint: ScriptedEndpoint) => endpoint.fail('ECONNRESET'), 'close reset ECONNRESET'],
  ])('E3: 3000 bytes before %s are read before it is told', (_name, happen, close) => {
    const world = new World({ order });
    const endpoint = new ScriptedEndpoint().open();
    const sizes: number[] = [];
    const channel: Recorder = new Recorder(world.reactor, endpoint, {
      onRead: () => {
        const received = channel.recv(1000);
        if (isBytes(received)) sizes.push(received.length);
      },
    });
    happen(endpoint.receive(new Uint8Array(3000)));
    world.turns();
    expect(sizes).toEqual([1000, 1000, 1000]);
    expect(channel.events.at(-1)).toBe(close);
  });
});

test('E4: the end of stream is not the end of the channel, which sends what it still has', () => {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Sender(world.reactor, endpoint);
  world.turns();
  endpoint.window(3);
  channel.send(bytes('an answer'));
  endpoint.end();
  world.turns();
  expect([endpoint.sent, channel.closed]).toEqual(['an ', false]);
  endpoint.window(100);
  world.turns();
  expect([endpoint.sent, channel.events]).toEqual(['an answer', ['close end']]);
});

test('E5: connect, send and recv call no handler', () => {
  const world = new World();
  const client = new Recorder(world.reactor);
  client.connect(PEER);
  const endpoint = world.endpoints[0].open();
  expect(client.events).toEqual([]);
  world.turns();
  client.events.length = 0;
  endpoint.fail('EPIPE');
  expect([client.send(bytes('x')), client.recv(1), client.events]).toEqual([0, WOULD_BLOCK, []]);
  world.turns();
  expect(client.events).toEqual(['close reset EPIPE']);
});

test('E6: recv tells bytes, would-block and the end of stream apart, and recv(0) ends nothing', () => {
  const { world, endpoint, channel } = connected({ onRead: () => {} });
  channel.wantRead(false);
  expect(channel.recv(10)).toBe(WOULD_BLOCK);
  endpoint.receive('ab').end();
  expect(channel.recv(0)).toEqual(new Uint8Array(0));
  expect(channel.recv(10)).toEqual(bytes('ab'));
  expect(channel.recv(10)).toBe(END_OF_STREAM);
  world.turns();
  expect(channel.events).toEqual(['end', 'close end']);
});

describe('E7: one life, one state machine', () => {
  test('E7: a channel is registered when it connects or listens, not before', () => {
    const world = new World();
    const channel = new Dispatcher(world.reactor);
    channel.createSocket('tcp4');
    expect(world.reactor.size).toBe(0);
    channel.connect(PEER);
    expect(world.reactor.size).toBe(1);
  });

  test('E7: a connect that fails ends in closed, without handleConnect', () => {
    const world = new World();
    const client = new Recorder(world.reactor);
    client.connect(PEER);
    world.endpoints[0].fail('EHOSTUNREACH');
    world.turns();
    expect([client.events, client.channelState, world.reactor.size]).toEqual([
      ['close failed EHOSTUNREACH'],
      'closed',
      0,
    ]);
  });

  test('E7: handleConnect sees connected, and a close in it stays', () => {
    const world = new World();
    const seen: boolean[] = [];
    const client: Recorder = new Recorder(world.reactor, null, {
      onConnect: () => {
        seen.push(client.connected);
        client.close();
        seen.push(client.connected);
      },
    });
    client.connect(PEER);
    world.endpoints[0].open();
    world.turns();
    expect([seen, client.events]).toEqual([[true, false], ['connect']]);
  });
});

test('E8: a channel with nothing to send is not called, and the reactor rests', () => {
  const { world, channel } = connected();
  expect([channel.writable(), world.turns(), channel.events]).toEqual([false, 0, []]);
});

test('E9: a listener survives what accepting meets: it pauses, tells, and goes on', () => {
  const world = new World();
  const server = new Recorder(world.reactor, null, {
    onAccepted: () => {
      throw new Error('boom');
    },
  });
  server.acceptsPerTurn = 8;
  server.listen();
  const listener = world.listeners[0].open();
  world.turns();
  listener.fail('EMFILE');
  world.turns();
  const endpoint = listener.arrive();
  world.turns();
  expect([server.events, endpoint.isAborted]).toEqual([['listening', 'accept error EMFILE'], false]);
  world.clock.advance(100);
  world.turns();
  expect(server.events.slice(2)).toEqual(['accepted', 'error boom']);
  expect([endpoint.isAborted, server.accepting]).toEqual([true, true]);
});

test('E10: what is buffered is a copy, is never cut anew, and has water marks', () => {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Sender(world.reactor, endpoint);
  world.turns();
  endpoint.window(0);
  channel.highWaterBytes = 4;
  channel.lowWaterBytes = 1;
  const data = bytes('abcd');
  channel.send(data);
  data.fill(0);
  expect([channel.isFull, channel.bufferedBytes]).toEqual([true, 4]);
  endpoint.window(3);
  world.turns();
  expect([channel.isFull, channel.events]).toEqual([false, ['drain']]);
  endpoint.window(9);
  world.turns();
  expect(endpoint.sent).toBe('abcd');
});

test('E11: the reactor is an object with timers and stop(), and wakes when interest changes', async () => {
  const { world, endpoint, channel } = connected();
  channel.wantRead(false);
  endpoint.receive('x');
  world.turns();
  world.reactor.callLater(30, () => channel.wantRead(true));
  const loop = world.reactor.loop();
  world.clock.advance(30);
  await new Promise((resolve) => setImmediate(resolve));
  expect(channel.events).toEqual(['read x']);
  world.reactor.stop();
  await loop;
  expect(channel.connected).toBe(true);
});

test('E12: every order of a turn calls the same handlers', () => {
  const traces = (['phased', 'per-channel', () => 0] as const).map((order) => {
    const world = new World({ order });
    const events: string[] = [];
    for (const name of ['a', 'b']) {
      const endpoint = new ScriptedEndpoint().open().receive('x').receiveUrgent(1);
      new Recorder(world.reactor, endpoint, { name, events });
      endpoint.end();
    }
    world.turns();
    return events.filter((event) => event.startsWith('a.'));
  });
  expect(traces[0]).toEqual(['a.read x', 'a.write', 'a.expt', 'a.read nothing', 'a.end', 'a.close end']);
  expect(traces).toEqual([traces[0], traces[0], traces[0]]);
});

test('E13: a lingering close sends the end of stream and drops input before it closes', () => {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Sender(world.reactor, endpoint);
  world.turns();
  channel.send(bytes('answer'));
  channel.closeWhenDone({ lingerMs: 500 });
  world.turns();
  endpoint.receive('unread rest of the request');
  world.turns();
  expect([endpoint.sent, endpoint.hasShutdown, channel.closed]).toEqual(['answer', true, false]);
  endpoint.end();
  world.turns();
  expect(channel.events).toEqual(['close done']);
});
