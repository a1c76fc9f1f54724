import { describe, expect, test } from 'vitest';
import { StateError } from '../../src/core/index.ts';
import { bytes, Sender } from '../support/recording.ts';
import { PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

function connected(windowBytes = Number.POSITIVE_INFINITY) {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Sender(world.reactor, endpoint);
  world.turns();
  endpoint.window(windowBytes);
  return { world, endpoint, channel };
}

describe('send', () => {
  test('it takes everything, and sends the rest when it can', () => {
    const { world, endpoint, channel } = connected(2);
    expect(channel.send(bytes('abcdef'))).toBe(6);
    expect([endpoint.sent, channel.bufferedBytes]).toEqual(['ab', 4]);
    endpoint.window(3);
    world.turns();
    expect([endpoint.sent, channel.bufferedBytes]).toEqual(['abcde', 1]);
    endpoint.window(3);
    world.turns();
    expect([endpoint.sent, channel.bufferedBytes]).toEqual(['abcdef', 0]);
  });

  test('it never overtakes what is buffered', () => {
    const { world, endpoint, channel } = connected(1);
    channel.send(bytes('abc'));
    endpoint.window(100);
    channel.send(bytes('def'));
    world.turns();
    expect(endpoint.sent).toBe('abcdef');
  });

  test('the buffer may be changed right afterwards', () => {
    const { world, endpoint, channel } = connected(1);
    const data = bytes('abc');
    channel.send(data);
    data.fill(120);
    endpoint.window(100);
    world.turns();
    expect(endpoint.sent).toBe('abc');
  });

  test('a write event sends at most 65536 bytes, in one send', () => {
    const { world, endpoint, channel } = connected(0);
    channel.send(new Uint8Array(150_000));
    endpoint.window(1_000_000);
    world.turns();
    expect(endpoint.sends.map((part) => part.length)).toEqual([65536, 65536, 18928]);
  });

  test('many small sends leave in few', () => {
    const { world, endpoint, channel } = connected(0);
    for (let count = 0; count < 1000; count += 1) channel.send(bytes('0123456789'));
    endpoint.window(1_000_000);
    world.turns();
    expect(endpoint.sent).toBe('0123456789'.repeat(1000));
    expect(endpoint.sends.length).toBe(1);
  });

  test('while connecting, bytes are buffered, and leave once connected', () => {
    const world = new World();
    const client = new Sender(world.reactor);
    client.connect(PEER);
    client.send(bytes('early'));
    world.endpoints[0].open();
    world.turns();
    expect([world.endpoints[0].sent, client.events]).toEqual(['early', ['connect']]);
  });

  test('before connect, after close and with something else than bytes it throws', () => {
    const world = new World();
    const client = new Sender(world.reactor);
    expect(() => client.send(bytes('x'))).toThrow(expect.objectContaining({ code: 'ERR_NOT_CONNECTED' }));
    expect(() => client.send('x' as unknown as Uint8Array)).toThrow(/must be a Uint8Array/);
    client.close();
    expect(() => client.send(bytes('x'))).toThrow(expect.objectContaining({ code: 'ERR_CHANNEL_CLOSED' }));
  });

  test('an idle channel with nothing to send asks for no turn', () => {
    const { world, channel } = connected();
    world.turns();
    channel.send(bytes('x'));
    expect(world.turns()).toBe(0);
  });
});

describe('water marks', () => {
  test('a channel is full from the high mark until the low mark, then drains once', () => {
    const { world, endpoint, channel } = connected(0);
    channel.highWaterBytes = 10;
    channel.lowWaterBytes = 4;
    channel.send(bytes('123456789'));
    expect(channel.isFull).toBe(false);
    channel.send(bytes('a'));
    expect(channel.isFull).toBe(true);
    endpoint.window(5);
    world.turns();
    expect([channel.isFull, channel.events]).toEqual([true, []]);
    endpoint.window(1);
    world.turns();
    expect([channel.isFull, channel.events]).toEqual([false, ['drain']]);
    endpoint.window(100);
    world.turns();
    expect(channel.events).toEqual(['drain']);
  });
});

describe('ending', () => {
  test('at the end of stream what is buffered is sent, then the channel closes', () => {
    const { world, endpoint, channel } = connected(2);
    channel.send(bytes('abcdef'));
    endpoint.end();
    world.turns();
    expect([channel.events, channel.closed]).toEqual([[], false]);
    endpoint.window(100);
    world.turns();
    expect([endpoint.sent, channel.events, endpoint.isClosed]).toEqual(['abcdef', ['close end'], true]);
  });

  test('closeWhenDone closes after the last byte, from the loop', () => {
    const { world, endpoint, channel } = connected(2);
    channel.send(bytes('abcdef'));
    channel.closeWhenDone();
    channel.closeWhenDone();
    world.turns();
    expect(channel.closed).toBe(false);
    endpoint.window(100);
    expect(channel.closed).toBe(false);
    world.turns();
    expect([endpoint.sent, channel.events, world.reactor.size]).toEqual(['abcdef', ['close done'], 0]);
  });

  test('closeWhenDone with nothing buffered does not wait for room to send', () => {
    const { world, channel } = connected(0);
    channel.closeWhenDone();
    expect(channel.closed).toBe(false);
    world.turns();
    expect(channel.events).toEqual(['close done']);
  });

  test('closeWhenDone while connecting sends what is buffered first', () => {
    const world = new World();
    const client = new Sender(world.reactor);
    client.connect(PEER);
    client.send(bytes('x'));
    client.closeWhenDone();
    world.endpoints[0].open();
    world.turns();
    expect([world.endpoints[0].sent, client.events]).toEqual(['x', ['connect', 'close done']]);
  });

  test('closeWhenDone of a listener closes', () => {
    const world = new World();
    const server = new Sender(world.reactor);
    server.listen();
    world.listeners[0].open();
    world.turns();
    server.closeWhenDone();
    expect([server.closed, world.reactor.size]).toEqual([true, 0]);
  });

  test('closeWhenDone before connect closes', () => {
    const world = new World();
    const client = new Sender(world.reactor);
    client.closeWhenDone();
    expect(client.closed).toBe(true);
  });

  test('send after closeWhenDone throws instead of losing the bytes', () => {
    const { channel } = connected(0);
    channel.send(bytes('x'));
    channel.closeWhenDone();
    expect(() => channel.send(bytes('y'))).toThrow(StateError);
    expect(() => channel.send(bytes('y'))).toThrow(expect.objectContaining({ code: 'ERR_CHANNEL_ENDING' }));
  });

  test('a reset while flushing says so, and how much was lost', () => {
    const { world, endpoint, channel } = connected(2);
    channel.send(bytes('abcdef'));
    channel.closeWhenDone();
    endpoint.fail('ECONNRESET');
    world.turns();
    expect([channel.events, channel.bufferedBytes]).toEqual([['close reset ECONNRESET'], 4]);
  });

  test('shutdownWrite waits for what is buffered, and reading goes on', () => {
    const { world, endpoint, channel } = connected(2);
    channel.send(bytes('abc'));
    channel.shutdownWrite();
    expect(endpoint.hasShutdown).toBe(false);
    endpoint.window(100);
    world.turns();
    expect(endpoint.hasShutdown).toBe(true);
    endpoint.receive('reply');
    world.turns();
    expect([channel.events, channel.closed]).toEqual([['read reply'], false]);
    expect(() => channel.send(bytes('y'))).toThrow(StateError);
    endpoint.end();
    world.turns();
    expect(channel.events).toEqual(['read reply', 'close end']);
  });
});

describe('a lingering close', () => {
  function lingering() {
    const set = connected(2);
    set.channel.send(bytes('abc'));
    set.channel.closeWhenDone({ lingerMs: 1000 });
    set.endpoint.receive('unread');
    set.endpoint.window(100);
    set.channel.events.length = 0;
    return set;
  }

  test('it sends the end of stream, drops input, and closes at the end of the input', () => {
    const { world, endpoint, channel } = lingering();
    world.turns();
    endpoint.receive('more');
    world.turns();
    expect([endpoint.sent, endpoint.hasShutdown, channel.closed]).toEqual(['abc', true, false]);
    expect(channel.events.filter((event) => event === 'read more')).toEqual([]);
    endpoint.end();
    world.turns();
    expect([channel.events.at(-1), world.clock.pendingCount]).toEqual(['close done', 0]);
  });

  test('it drops input in several pieces, whether or not the program wants to read', () => {
    const { world, endpoint, channel } = lingering();
    world.turns();
    channel.wantRead(false);
    endpoint.receive('one').receive('two').receive('three').end();
    world.turns();
    expect([channel.closed, channel.events.at(-1)]).toEqual([true, 'close done']);
  });

  test('it closes at the deadline when the input does not end', () => {
    const { world, channel } = lingering();
    world.turns();
    world.clock.advance(999);
    expect(channel.closed).toBe(false);
    world.clock.advance(1);
    expect([channel.closed, channel.events.at(-1)]).toEqual([true, 'close done']);
  });

  test('it reports a reset', () => {
    const { world, endpoint, channel } = lingering();
    world.turns();
    endpoint.fail('ECONNRESET');
    world.turns();
    expect(channel.events.at(-1)).toBe('close reset ECONNRESET');
  });

  test('it drops input although reading had been stopped', () => {
    const { world, endpoint, channel } = connected();
    channel.wantRead(false);
    endpoint.receive('unread').end();
    channel.closeWhenDone({ lingerMs: 1000 });
    world.turns();
    expect(channel.events).toEqual(['close done']);
  });
});
