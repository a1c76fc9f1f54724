import { describe, expect, test } from 'vitest';
import { Dispatcher, ExitNow, type Reactor, type TurnOrder } from '../../src/core/index.ts';
import { Recorder, type Script } from '../support/recording.ts';
import { ScriptedEndpoint, World } from '../support/scripted.ts';

/** Channels a, b, c on one reactor, each open and quiet. */
function three(order: TurnOrder, scripts: Record<string, Script> = {}) {
  const world = new World({ order });
  const events: string[] = [];
  const make = (name: string) => {
    const endpoint = new ScriptedEndpoint().open();
    return { endpoint, channel: new Recorder(world.reactor, endpoint, { name, events, ...scripts[name] }) };
  };
  const channels = { a: make('a'), b: make('b'), c: make('c') };
  world.turns();
  events.length = 0;
  return { world, events, ...channels };
}

function makeReady({ a, b, c }: ReturnType<typeof three>): void {
  for (const { endpoint, channel } of [a, b, c]) {
    endpoint.receive('x');
    channel.wantWrite(true);
  }
}

describe('order', () => {
  test('phased serves all reads, then all writes', () => {
    const set = three('phased');
    makeReady(set);
    set.world.reactor.turn();
    expect(set.events).toEqual(['a.read x', 'b.read x', 'c.read x', 'a.write', 'b.write', 'c.write']);
  });

  test('per-channel serves read, then write, channel after channel', () => {
    const set = three('per-channel');
    makeReady(set);
    set.world.reactor.turn();
    expect(set.events).toEqual(['a.read x', 'a.write', 'b.read x', 'b.write', 'c.read x', 'c.write']);
  });

  test('a function picks among the channels that are due', () => {
    const asked: number[] = [];
    const set = three((dueCount) => {
      asked.push(dueCount);
      return dueCount - 1;
    });
    asked.length = 0;
    makeReady(set);
    set.world.reactor.turn();
    expect(set.events).toEqual(['c.read x', 'c.write', 'b.read x', 'b.write', 'a.read x', 'a.write']);
    expect(asked).toEqual([3, 2]);
  });

  test.each([2, -1, 0.5, Number.NaN])('a function that picks %d of 2 is an argument error', (index) => {
    const world = new World({ order: () => index });
    for (const name of ['a', 'b']) new Recorder(world.reactor, new ScriptedEndpoint().open(), { name });
    expect(() => world.turns()).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
  });

  test('a channel that is not due is no choice', () => {
    const asked: number[] = [];
    const set = three((dueCount) => {
      asked.push(dueCount);
      return 0;
    });
    asked.length = 0;
    set.a.endpoint.receive('x');
    set.b.endpoint.receive('x');
    set.b.channel.wantRead(false);
    set.world.turns();
    expect([set.events, asked]).toEqual([['a.read x'], []]);
  });

  test('a channel whose end was reported is not due any more', () => {
    const asked: number[] = [];
    const set = three(
      (dueCount) => {
        asked.push(dueCount);
        return 0;
      },
      { a: { onEnd: () => {} } },
    );
    set.a.endpoint.end();
    set.world.turns();
    asked.length = 0;
    set.a.endpoint.wakeUp();
    set.b.endpoint.receive('x');
    set.world.turns();
    expect(asked).toEqual([]);
  });

  test('read, write and urgent data come in this order', () => {
    for (const order of ['phased', 'per-channel'] as const) {
      const { world, events, a } = three(order);
      a.endpoint.receive('x').receiveUrgent(1);
      a.channel.wantWrite(true);
      world.turns();
      expect(events).toEqual(['a.read x', 'a.write', 'a.expt']);
    }
  });

  test('a channel added during a turn is first served in the next', () => {
    for (const order of ['phased', 'per-channel'] as const) {
      const { world, events, a } = three(order);
      const onRead = (): void => {
        a.channel.recv(1);
        new Recorder(world.reactor, new ScriptedEndpoint().open(), { name: 'new', events });
      };
      a.channel.script = { ...a.channel.script, onRead };
      a.endpoint.receive('x');
      world.reactor.turn();
      expect(events).toEqual(['a.read']);
      world.reactor.turn();
      expect(events).toEqual(['a.read', 'new.write']);
    }
  });

  test('what is still ready is served before what became ready during the turn', () => {
    const { world, events, a, b, c } = three('per-channel');
    const onRead = (): void => {
      a.channel.recv(1);
      if (!events.includes('b.read y')) b.endpoint.receive('y');
    };
    a.channel.script = { ...a.channel.script, onRead };
    a.endpoint.receive('1').receive('2');
    c.endpoint.receive('z');
    world.turns();
    expect(events).toEqual(['a.read', 'c.read z', 'a.read', 'b.read y', 'b.read y']);
  });
});

class Asked extends Recorder {
  answer = true;
  asked = 0;
  onAsked: (() => void) | null = null;

  override readable(): boolean {
    this.asked += 1;
    this.onAsked?.();
    return this.answer;
  }
}

function asking(order: TurnOrder) {
  const world = new World({ order });
  const endpoint = new ScriptedEndpoint().open();
  const channel = new Asked(world.reactor, endpoint);
  const otherEndpoint = new ScriptedEndpoint().open();
  const other = new Recorder(world.reactor, otherEndpoint, { name: 'other' });
  world.turns();
  channel.events.length = 0;
  other.events.length = 0;
  return { world, endpoint, channel, other, otherEndpoint };
}

const ORDERS: [string, TurnOrder][] = [
  ['per-channel', 'per-channel'],
  ['phased', 'phased'],
  ['picked', () => 0],
];

describe.each(ORDERS)('overridden predicates, %s', (_name, order) => {
  test('a predicate that another handler changes is asked again', () => {
    const { world, endpoint, channel, other, otherEndpoint } = asking(order);
    channel.answer = false;
    endpoint.receive('x');
    world.turns();
    expect(channel.events).toEqual([]);
    const onRead = (): void => {
      other.recv(1);
      channel.answer = true;
    };
    other.script = { onRead };
    otherEndpoint.receive('go');
    world.turns();
    expect(channel.events).toEqual(['read x']);
  });

  test('a predicate that says no does not make the reactor spin', () => {
    const { world, endpoint, channel } = asking(order);
    channel.answer = false;
    endpoint.receive('x');
    expect(world.turns()).toBe(1);
  });

  test('close in a predicate is legal', () => {
    const { world, endpoint, channel } = asking(order);
    channel.onAsked = () => channel.close();
    endpoint.receive('x');
    world.turns();
    expect([channel.events, channel.closed]).toEqual([[], true]);
  });

  test('a predicate that closes another channel is legal', () => {
    const { world, endpoint, channel, other, otherEndpoint } = asking(order);
    channel.onAsked = () => other.close();
    endpoint.receive('x');
    otherEndpoint.receive('y');
    world.turns();
    expect(other.events).toEqual([]);
  });

  test('an exception in a predicate reaches handleError, and no other channel', () => {
    const { world, endpoint, channel, other, otherEndpoint } = asking(order);
    channel.onAsked = () => {
      throw new Error('boom');
    };
    endpoint.receive('x');
    otherEndpoint.receive('y');
    world.turns();
    expect(channel.events).toEqual(['error boom', 'close exception']);
    expect(other.events).toEqual(['other.read y']);
  });

  test('interest given by a predicate alone is served', () => {
    const { world, endpoint, channel, other, otherEndpoint } = asking(order);
    other.wantRead(false);
    otherEndpoint.receive('y');
    world.turns();
    channel.answer = false;
    channel.onAsked = () => {
      if (other.events.length === 0) other.wantRead(true);
    };
    endpoint.receive('x');
    world.turns();
    expect(other.events).toEqual(['other.read y']);
  });
});

describe('leaving', () => {
  test('ExitNow passes handleError by, closes nothing, and the rest is served afterwards', () => {
    for (const [, order] of ORDERS) {
      const set = three(order);
      let isFirst = true;
      const onRead = (): void => {
        set.a.channel.recv(1);
        if (isFirst) {
          isFirst = false;
          throw new ExitNow();
        }
      };
      set.a.channel.script = { ...set.a.channel.script, onRead };
      set.a.endpoint.receive('x');
      set.b.endpoint.receive('y');
      expect(() => set.world.turns()).toThrow(ExitNow);
      expect([set.events, set.world.reactor.size]).toEqual([['a.read'], 3]);
      expect(set.world.isTurnRequested).toBe(true);
      set.world.turns();
      expect(set.events).toEqual(['a.read', 'b.read y']);
    }
  });

  test('a failed assertion of a test passes through', () => {
    const { world, a } = three('per-channel');
    a.channel.script = { onRead: () => expect(1).toBe(2) };
    a.endpoint.receive('x');
    expect(() => world.turns()).toThrow(/expected 1 to be 2/);
  });

  test('turn() from a handler is an error of that channel', () => {
    const { world, events, a } = three('per-channel');
    a.channel.script = { ...a.channel.script, onRead: () => void world.reactor.turn() };
    a.endpoint.receive('x');
    world.turns();
    expect(events[1]).toMatch(/^a\.error turn\(\) was called from a handler/);
  });
});

const microtasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('loop', () => {
  test('it ends at once when no channel is registered', async () => {
    await new World().reactor.loop();
  });

  test('it ends when the last channel closes', async () => {
    const world = new World();
    const endpoint = new ScriptedEndpoint().open();
    const channel = new Recorder(world.reactor, endpoint);
    const loop = world.reactor.loop();
    endpoint.end();
    await loop;
    expect(channel.events).toEqual(['read nothing', 'end', 'close end']);
  });

  test('close from outside a turn ends it, too', async () => {
    const { world, a, b, c } = three('per-channel');
    const loop = world.reactor.loop();
    for (const { channel } of [a, b, c]) channel.close();
    await loop;
  });

  test('count bounds the turns; 0 does none', async () => {
    const { world, events, a } = three('per-channel');
    a.endpoint.receive('1').receive('2').receive('3');
    await world.reactor.loop({ count: 0 });
    expect(events).toEqual([]);
    await world.reactor.loop({ count: 2 });
    expect(events).toEqual(['a.read 1', 'a.read 2']);
  });

  test('stop() from a handler ends it after that turn', async () => {
    const { world, events, a, b } = three('per-channel');
    const onRead = (): void => {
      a.channel.recv(1);
      world.reactor.stop();
    };
    a.channel.script = { ...a.channel.script, onRead };
    a.endpoint.receive('12');
    b.endpoint.receive('x');
    await world.reactor.loop();
    expect([events, world.reactor.isLooping, world.reactor.size]).toEqual([['a.read', 'b.read x'], false, 3]);
  });

  test('stop() outside a turn ends it without another turn', async () => {
    const { world, events, a } = three('per-channel');
    const loop = world.reactor.loop();
    a.endpoint.receive('x');
    world.reactor.stop();
    world.reactor.stop();
    await loop;
    expect(events).toEqual([]);
  });

  test('a signal ends it with the reason, before or during', async () => {
    const { world } = three('per-channel');
    await expect(world.reactor.loop({ signal: AbortSignal.abort('early') })).rejects.toBe('early');
    const controller = new AbortController();
    const loop = world.reactor.loop({ signal: controller.signal });
    controller.abort('late');
    await expect(loop).rejects.toBe('late');
    expect([world.reactor.isLooping, world.reactor.size]).toEqual([false, 3]);
  });

  test('ExitNow rejects it', async () => {
    const { world, a } = three('per-channel');
    a.channel.script = {
      onRead: () => {
        throw new ExitNow('enough');
      },
    };
    a.endpoint.receive('x');
    await expect(world.reactor.loop()).rejects.toThrow('enough');
    expect(world.reactor.isLooping).toBe(false);
  });

  test('a second loop at the same time throws; after the first it is legal', async () => {
    const { world } = three('per-channel');
    const first = world.reactor.loop();
    expect(() => world.reactor.loop()).toThrow(expect.objectContaining({ code: 'ERR_LOOP_RUNNING' }));
    world.reactor.stop();
    await first;
    await world.reactor.loop({ count: 0 });
  });

  test('timeoutMs does a turn when nothing has happened for so long', async () => {
    const world = new World();
    const endpoint = new ScriptedEndpoint().open();
    const channel = new Asked(world.reactor, endpoint);
    channel.answer = false;
    endpoint.receive('x');
    const loop = world.reactor.loop({ timeoutMs: 30 });
    await microtasks();
    channel.answer = true;
    world.clock.advance(29);
    await microtasks();
    expect(channel.events).toEqual(['write']);
    world.clock.advance(1);
    await microtasks();
    expect(channel.events).toEqual(['write', 'read x']);
    world.reactor.stop();
    await loop;
    expect(world.clock.pendingCount).toBe(0);
  });

  test.each([
    { count: -1 },
    { count: 1.5 },
    { count: '1' as unknown as number },
    { timeoutMs: -1 },
    { timeoutMs: Number.NaN },
  ])('%o is an argument error, and no loop runs', (options) => {
    const { world } = three('per-channel');
    expect(() => world.reactor.loop(options)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE)$/) }),
    );
    expect(world.reactor.isLooping).toBe(false);
  });
});

describe('wake-ups', () => {
  test('interest given outside a turn asks for a turn', () => {
    const { world, events, a } = three('per-channel');
    a.channel.wantWrite(true);
    expect(world.isTurnRequested).toBe(true);
    world.turns();
    expect(events).toEqual(['a.write']);
  });

  test('many wake-ups ask for one turn', () => {
    const { world, a, b } = three('per-channel');
    a.channel.wantWrite(true);
    b.channel.wantWrite(true);
    expect(world.turns()).toBe(1);
  });

  test('a timer that changes what a predicate answers has it asked', () => {
    const { world, endpoint, channel } = asking('per-channel');
    channel.answer = false;
    endpoint.receive('x');
    world.turns();
    world.reactor.callLater(5, () => {
      channel.answer = true;
    });
    world.clock.advance(5);
    world.turns();
    expect(channel.events).toEqual(['read x']);
  });
});

describe('timers', () => {
  test('callLater calls once, callEvery until cancelled', () => {
    const { reactor, clock } = new World();
    const calls: string[] = [];
    reactor.callLater(15, () => calls.push(`once ${reactor.now()}`));
    const every = reactor.callEvery(10, () => calls.push(`every ${reactor.now()}`));
    clock.advance(35);
    every.cancel();
    clock.advance(100);
    expect(calls).toEqual(['every 10', 'once 15', 'every 20', 'every 30']);
  });

  test('callEvery may cancel itself', () => {
    const { reactor, clock } = new World();
    let calls = 0;
    const every = reactor.callEvery(10, () => {
      calls += 1;
      every.cancel();
    });
    clock.advance(100);
    expect([calls, clock.pendingCount]).toEqual([1, 0]);
  });

  test('a bad delay or callback is an argument error', () => {
    const { reactor, clock } = new World();
    expect(() => reactor.callLater(-1, () => {})).toThrow(RangeErrorCode);
    expect(() => reactor.callEvery(Number.POSITIVE_INFINITY, () => {})).toThrow(RangeErrorCode);
    expect(() => reactor.callLater(1, null as unknown as () => void)).toThrow(/must be a function/);
    expect(clock.pendingCount).toBe(0);
  });
});

const RangeErrorCode = expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' });

describe('closeAll', () => {
  class Dummy extends Dispatcher {
    readonly failure: Error | null;

    constructor(reactor: Reactor, failure: Error | null = null) {
      super(reactor, new ScriptedEndpoint().open());
      this.failure = failure;
    }

    override close(): void {
      if (this.failure !== null) throw this.failure;
      super.close();
    }
  }

  test('it closes all, whatever some throw, then throws the first exception', () => {
    const { reactor } = new World();
    const dummies = [null, new Error('one'), null, new Error('two')].map(
      (error) => new Dummy(reactor, error),
    );
    expect(() => reactor.closeAll()).toThrow('one');
    expect([reactor.size, dummies[2].closed]).toEqual([0, true]);
  });

  test('ignoreAll swallows exceptions, and lets ExitNow through', () => {
    const { reactor } = new World();
    new Dummy(reactor, new Error('one'));
    reactor.closeAll({ ignoreAll: true });
    new Dummy(reactor, new Error('one'));
    new Dummy(reactor, new ExitNow('leave'));
    expect(() => reactor.closeAll({ ignoreAll: true })).toThrow('leave');
    expect(reactor.size).toBe(0);
  });

  test('it calls no handler', () => {
    const { world, events, a } = three('per-channel');
    a.endpoint.receive('x');
    world.reactor.closeAll();
    world.turns();
    expect([events, world.reactor.size]).toEqual([[], 0]);
  });
});

test('channels() gives the registered channels in order, also while they are removed', () => {
  const { world, a, b, c } = three('per-channel');
  const seen: unknown[] = [];
  for (const channel of world.reactor.channels()) {
    seen.push(channel);
    if (channel === a.channel) {
      a.channel.close();
      b.channel.close();
    }
  }
  expect(seen).toEqual([a.channel, c.channel]);
});
