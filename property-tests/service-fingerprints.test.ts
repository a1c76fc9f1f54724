// Each field of a service's fingerprint is there because two pasts that differ in nothing else go on otherwise: left out, a
// search that merges shows one of the two.
import { describe, expect, test } from 'vitest';
import { type CloseReason, Dispatcher, type Endpoint, isBytes } from '../src/core/index.ts';
import { ExchangeClient } from '../src/harness/scenarios/exchange-client.ts';
import { LocalGate } from '../src/services/gate.ts';
import { ResponseParser } from '../src/services/http-parser.ts';
import { EchoServer, HttpGet, type HttpGetOptions, SourceServer } from '../src/services/index.ts';
import { Relay } from '../src/services/relay.ts';
import { SourceChannel } from '../src/services/source-server.ts';
import { explore, type Simulation } from '../src/sim/index.ts';

const LOCAL = { host: '0.0.0.0', port: 7 };
const SERVER = { host: 'server', port: 7 };

/** What is done twice, with another past each time. */
interface Stage {
  readonly sim: Simulation;
  /** 0 or 1, until it is forgotten. */
  past: number;
  /** What has come of it. */
  noted: string;
}

interface Play {
  readonly windowBytes?: number;
  act(stage: Stage): void;
}

/** What comes of both pasts, in a search that merges. The past itself is forgotten at 10 ms. */
function shown({ windowBytes, act }: Play): string[] {
  const found = new Set<string>();
  let stage: Stage | null = null;
  explore(
    {
      name: 'two-pasts',
      families: [],
      network: { latencyMs: 0, windowBytes },
      setup(sim) {
        const made: Stage = { sim, past: sim.decide('past', 2), noted: '' };
        stage = made;
        sim.identify(() => `${made.past} ${made.noted}`);
        act(made);
        sim.at(10, () => {
          made.past = -1;
        });
      },
      run: { untilMs: 200, allowOpen: true },
    },
    {
      method: 'exhaustive',
      merge: true,
      prune: 'none',
      keepGoing: true,
      onRun: ({ isPruned, failure }) => {
        if (failure !== null) throw failure.error;
        if (!isPruned) found.add(stage!.noted);
      },
    },
  );
  return [...found].sort();
}

interface Told {
  fingerprint(): string;
}

/** The same while the fingerprints of a class are made as if a field always were `value`. */
function shownWithout(prototype: Told, field: string, value: unknown, play: Play): string[] {
  const whole = prototype.fingerprint;
  prototype.fingerprint = function leaveOut(this: Told): string {
    return whole.call(Object.create(this, { [field]: { value } }) as Told);
  };
  try {
    return shown(play);
  } finally {
    prototype.fingerprint = whole;
  }
}

/** A peer without a memory: only what it is told to count. */
class Peer extends Dispatcher {
  count: number | null = null;
  onClosed: (() => void) | null = null;
  onBytes: (() => void) | null = null;

  override handleConnect(): void {
    this.wantWrite(false);
  }

  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    if (this.count !== null) this.count += received.length;
    this.onBytes?.();
  }

  override handleWrite(): void {
    this.wantWrite(false);
  }

  override handleEnd(): void {
    this.onClosed?.();
  }

  override handleClose(_reason: CloseReason): void {
    this.onClosed?.();
  }

  fingerprint(): string {
    return `${this.count}`;
  }
}

function connected(sim: Simulation, host: string): Peer {
  const peer = new Peer(sim.host(host).reactor);
  peer.connect(SERVER);
  return peer;
}

/** A server of one peer, which exists from 1 ms on; it reads only if it is told to. */
function served(sim: Simulation, reads = true): () => Peer {
  let peer: Peer | null = null;
  class Door extends Dispatcher {
    override handleAccepted(endpoint: Endpoint): void {
      peer = new Peer(this.reactor, endpoint);
      peer.wantWrite(false);
      peer.wantRead(reads);
    }

    fingerprint(): string {
      return '';
    }
  }
  const door = new Door(sim.host('server').reactor);
  door.bind(LOCAL);
  door.listen();
  return () => peer!;
}

/** A response in two parts, the first of which depends on the past, and what a request comes to. */
function response(
  first: readonly [string, string],
  second: string,
  options: Partial<HttpGetOptions> = {},
): Play {
  return {
    act(stage) {
      const { sim } = stage;
      const peer = served(sim);
      new HttpGet(sim.host('client').reactor, {
        url: 'http://server:7/',
        onDone: (error, got) => {
          const body = Buffer.from(got?.body ?? []).toString();
          stage.noted = error === null ? `${got?.status} ${got?.bodyBytes} ${body}` : error.code;
        },
        ...options,
      });
      sim.at(5, () => peer().send(Buffer.from(first[stage.past])));
      sim.at(20, () => {
        if (second !== '') peer().send(Buffer.from(second));
        peer().close();
      });
    },
  };
}

const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const INTERIM = 'HTTP/1.1 100 C\r\n\r\n';

const sourceAfterAPeriod: Play = {
  windowBytes: 251,
  act(stage) {
    const { sim } = stage;
    new SourceServer(sim.host('server').reactor, LOCAL, { sizeBytes: 600 });
    const peer = connected(sim, 'client');
    peer.wantRead(false);
    sim.at(5, () => stage.past === 0 && peer.recv(251));
    sim.at(20, () => {
      peer.count = 0;
      peer.wantRead(true);
    });
    peer.onClosed = () => {
      stage.noted = `${peer.count} bytes`;
    };
  },
};

const echoThatTires: Play = {
  act(stage) {
    const { sim } = stage;
    new EchoServer(sim.host('server').reactor, LOCAL, { idleTimeoutMs: 20 });
    const peer = connected(sim, 'client');
    for (const past of [0, 1])
      sim.at(3 + 4 * past, () => stage.past === past && peer.send(Uint8Array.of(97)));
    sim.at(25, () => {
      stage.noted = peer.closed ? 'is closed' : 'is open';
    });
  },
};

const echoWithAGate: Play = {
  act(stage) {
    const { sim } = stage;
    const gate = new LocalGate({ maxConnections: 1, maxHeld: 2 });
    new EchoServer(sim.host('server').reactor, LOCAL, { gate });
    for (const name of ['b', 'c']) sim.host(name);
    const first = connected(sim, 'first');
    const join = (name: string): void => {
      const peer = connected(sim, name);
      peer.onBytes = () => {
        stage.noted += name;
        peer.close();
      };
      sim.at(15, () => peer.send(Uint8Array.of(97)));
    };
    sim.at(3, () => join(['b', 'c'][stage.past]));
    sim.at(6, () => join(['c', 'b'][stage.past]));
    sim.at(20, () => first.close());
  },
};

const requestInSmallPieces: Play = {
  windowBytes: 1,
  act(stage) {
    const { sim } = stage;
    const peer = served(sim, false);
    new HttpGet(sim.host('client').reactor, { url: 'http://server:7/aaaaaaaaaaaaaaaa', onDone: () => {} });
    for (let atMs = 2; atMs < 9; atMs += 1) sim.at(atMs, () => peer().recv(1));
    sim.at(9, () => stage.past === 0 && peer().recv(1));
    sim.at(20, () => {
      peer().count = 0;
      peer().wantRead(true);
    });
    sim.at(100, () => {
      stage.noted = `${peer().count} bytes`;
      peer().close();
    });
  },
};

/** A client that something has called, or has happened to, before 10 ms. */
function exchange(
  happens: (client: ExchangeClient, peer: Peer) => void,
  tell: (client: ExchangeClient) => unknown,
): Play {
  return {
    act(stage) {
      const { sim } = stage;
      const peer = served(sim);
      const client = new ExchangeClient(sim.host('client').reactor, { payload: Uint8Array.of(97) });
      client.connect(SERVER);
      sim.at(5, () => stage.past === 1 && happens(client, peer()));
      sim.at(8, () => client.abort());
      sim.identify(() => client.fingerprint());
      sim.at(20, () => {
        stage.noted = String(tell(client));
      });
    },
  };
}

const FIELDS: readonly [string, Told, string, unknown, Play][] = [
  ['how much a source has sent', SourceChannel.prototype, 'sentBytes', 0, sourceAfterAPeriod],
  ['when a byte last moved through a relay', Relay.prototype, 'activeAtMs', 0, echoThatTires],
  ['who waits at a gate, in order', LocalGate.prototype, 'held', new Set(), echoWithAGate],
  ['what of a request is unsent', HttpGet.prototype, 'request', new Uint8Array(), requestInSmallPieces],
  [
    'how much of a body has come',
    HttpGet.prototype,
    'bodyBytes',
    0,
    response(['HTTP/1.0 200 OK\r\n\r\na', 'HTTP/1.0 200 OK\r\n\r\naa'], 'aa', {
      bodyBytesMax: 3,
      onBody: () => true,
    }),
  ],
  [
    'the head of a response',
    HttpGet.prototype,
    'head',
    null,
    response(['HTTP/1.0 200 OK\r\n\r\n', 'HTTP/1.0 201 OK\r\n\r\n'], 'a'),
  ],
  [
    'the body of a response',
    HttpGet.prototype,
    'chunks',
    [],
    response(['HTTP/1.0 200 OK\r\n\r\na', 'HTTP/1.0 200 OK\r\n\r\nb'], 'c'),
  ],
  [
    'when a response was last heard',
    HttpGet.prototype,
    'heardAtMs',
    0,
    {
      act(stage) {
        const { sim } = stage;
        const peer = served(sim);
        let hasEnded = false;
        sim.identify(() => `${hasEnded}`);
        sim.at(25, () => {
          stage.noted = `has ended: ${hasEnded}`;
        });
        new HttpGet(sim.host('client').reactor, {
          url: 'http://server:7/',
          idleTimeoutMs: 20,
          onDone: () => {
            hasEnded = true;
          },
        });
        for (const past of [0, 1])
          sim.at(3 + 4 * past, () => stage.past === past && peer().send(Buffer.from('H')));
      },
    },
  ],
  [
    'which part of a response comes next',
    ResponseParser.prototype,
    'state',
    '',
    response([CHUNKED, `${CHUNKED}0\r\n`], '\r\n'),
  ],
  [
    'how much of a chunk is to come',
    ResponseParser.prototype,
    'remaining',
    0,
    response([`${CHUNKED}2\r\n`, `${CHUNKED}3\r\n`], 'aa\r\n0\r\n\r\n'),
  ],
  [
    'how long the heads were',
    ResponseParser.prototype,
    'headBytes',
    0,
    response([INTERIM, INTERIM + INTERIM], `HTTP/1.1 204 N\r\nX: ${'a'.repeat(12)}\r\n\r\n`, {
      headBytesMax: 64,
    }),
  ],
  [
    'the lines of a head',
    ResponseParser.prototype,
    'lines',
    [],
    response(
      ['HTTP/1.0 200 OK\r\nContent-Length: 1\r\n', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n'],
      '\r\nab',
    ),
  ],
  [
    'the beginning of a line',
    ResponseParser.prototype,
    'line',
    '',
    response(['HTTP/1.0 200 OK\r\nContent-Length: 1', 'HTTP/1.0 200 OK\r\nContent-Length: 2'], '\r\n\r\nab'),
  ],
  [
    'whether a client has seen the end',
    ExchangeClient.prototype,
    'hasSeenEnd',
    false,
    exchange(
      (client) => {
        client.hasSeenEnd = true;
      },
      (client) => client.hasSeenEnd,
    ),
  ],
  [
    'why a client was closed',
    ExchangeClient.prototype,
    'closeReason',
    null,
    exchange(
      (_client, peer) => peer.abort(),
      (client) => client.closeReason?.kind,
    ),
  ],
  [
    'what was called out of turn',
    ExchangeClient.prototype,
    'calls',
    '',
    exchange(
      (client) => client.handleConnect(),
      (client) => client.violations,
    ),
  ],
];

describe.each(FIELDS)('%s', (_what, prototype, field, value, play) => {
  test('is told by the fingerprint, and hides an outcome left out', () => {
    expect(shown(play)).toHaveLength(2);
    expect(shownWithout(prototype, field, value, play)).toHaveLength(1);
  });
});
