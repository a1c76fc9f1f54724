// The event sequences that were observed of CPython's asyncore, and ours beside them. Where `python` differs, the
// deviation says why.
import { expect, test } from 'vitest';
import type { TurnOrder } from '../../src/core/index.ts';
import { Recorder } from '../support/recording.ts';
import { PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

interface Golden {
  readonly situation: string;
  readonly python: { readonly phased: string; readonly 'per-channel': string };
  readonly ours: string;
  /** Why ours is not Python's. */
  readonly deviation?: string;
  readonly play: (order: TurnOrder) => string[];
}

/** A connected channel, quiet, which the situation then meets. */
function meet(
  order: TurnOrder,
  happen: (endpoint: ScriptedEndpoint, channel: Recorder) => void,
  onRead?: (channel: Recorder) => void,
): string[] {
  const world = new World({ order });
  const endpoint = new ScriptedEndpoint().open();
  const channel: Recorder = new Recorder(world.reactor, endpoint);
  world.turns();
  channel.events.length = 0;
  if (onRead !== undefined) channel.script = { onRead: () => onRead(channel) };
  happen(endpoint, channel);
  world.turns();
  return channel.events.map((event) => event.split(' ')[0]);
}

function client(order: TurnOrder, happen: (endpoint: ScriptedEndpoint, channel: Recorder) => void): string[] {
  const world = new World({ order });
  const channel = new Recorder(world.reactor);
  channel.connect(PEER);
  happen(world.endpoints[0], channel);
  world.turns();
  return channel.events.map((event) => event.split(' ')[0]);
}

const both = (trace: string): Golden['python'] => ({ phased: trace, 'per-channel': trace });

const GOLDEN: readonly Golden[] = [
  {
    situation: 'a client connects to a silent server',
    python: both('connect write'),
    ours: 'connect write',
    play: (order) => client(order, (endpoint) => endpoint.open()),
  },
  {
    situation: 'a client connects to a server that spoke first',
    python: both('connect read write'),
    ours: 'connect read write',
    play: (order) => client(order, (endpoint) => endpoint.receive('x').open()),
  },
  {
    situation: 'a client without write interest connects to a silent server',
    python: both(''),
    ours: 'connect',
    deviation: 'E7',
    play: (order) =>
      client(order, (endpoint, channel) => {
        channel.wantWrite(false);
        endpoint.open();
      }),
  },
  {
    situation: 'a connect is refused',
    python: both('error close'),
    ours: 'close',
    deviation: 'E7',
    play: (order) => client(order, (endpoint) => endpoint.fail('ECONNREFUSED')),
  },
  {
    situation: 'the peer closed, and handleRead receives',
    python: { phased: 'read close', 'per-channel': 'read close write close' },
    ours: 'read end close',
    deviation: 'E1, E4',
    play: (order) =>
      meet(order, (endpoint, channel) => {
        channel.wantWrite(true);
        endpoint.end();
      }),
  },
  {
    situation: 'handleRead closes, and the channel is writable, too',
    python: { phased: 'read', 'per-channel': 'read write' },
    ours: 'read',
    deviation: 'E1',
    play: (order) =>
      meet(
        order,
        (endpoint, channel) => {
          channel.wantWrite(true);
          endpoint.receive('x');
        },
        (channel) => channel.close(),
      ),
  },
  {
    situation: 'urgent data and other bytes arrive',
    python: both('read write expt'),
    ours: 'read write expt',
    play: (order) =>
      meet(order, (endpoint, channel) => {
        channel.wantWrite(true);
        endpoint.receive('x').receiveUrgent(1);
      }),
  },
  {
    situation: 'handleRead throws an error whose code is ECONNRESET',
    python: { phased: 'read error close', 'per-channel': 'read close' },
    ours: 'read error close',
    deviation: 'E12',
    play: (order) =>
      meet(
        order,
        (endpoint) => endpoint.receive('x'),
        () => {
          throw Object.assign(new Error('of the program'), { code: 'ECONNRESET' });
        },
      ),
  },
  {
    situation: '3000 bytes, then a hang-up, received in pieces of 1000',
    python: { phased: 'read read read read close', 'per-channel': 'read close' },
    ours: 'read read read read end close',
    deviation: 'E3, E4',
    play: (order) =>
      meet(
        order,
        (endpoint) => endpoint.receive(new Uint8Array(3000)).end(),
        (channel) => void channel.recv(1000),
      ),
  },
  {
    situation: '3000 bytes, then a reset, received in pieces of 1000',
    python: { phased: 'read read read read close', 'per-channel': 'read close' },
    ours: 'read read read close',
    deviation: 'E3',
    play: (order) =>
      meet(
        order,
        (endpoint) => endpoint.receive(new Uint8Array(3000)).fail('ECONNRESET'),
        (channel) => void channel.recv(1000),
      ),
  },
];

for (const order of ['phased', 'per-channel'] as const) {
  test.each(GOLDEN)(`${order}: $situation`, ({ python, ours, deviation, play }) => {
    expect(play(order).join(' ')).toBe(ours);
    // A difference that is not named is a bug, and so is a name without one.
    const differs = python.phased !== ours || python['per-channel'] !== ours;
    expect(deviation !== undefined).toBe(differs);
  });
}
