// Small worlds in which a service is tried: who talks to whom, and what must hold at the end.
import { type CloseReason, DispatcherWithSend, isBytes, type Reactor } from '../../src/core/index.ts';
import { runScenario, type Scenario, type Simulation, type Strategy } from '../../src/sim/index.ts';
import type { EchoService, ForwardService } from './broken/service.ts';
import { echoOf, type Mistake, none } from './broken/variation.ts';
import { Watch } from './invariants/watch.ts';

const PORT = 7;
const WINDOW_BYTES = 8;
/** What one relay may hold for each direction: a receive, and what the window gave before it stopped. */
const HELD_BYTES_MAX = 2 * WINDOW_BYTES;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

interface ClientOptions {
  readonly parts: readonly string[];
  /** Does not read before this time. */
  readonly readsAfterMs?: number;
  /** Connects only then. */
  readonly startsAtMs?: number;
  /** Resets its connection instead of ending it; nothing is promised to it. */
  readonly aborts?: boolean;
}

/** Sends its parts, one a write event, ends its direction, and reads to the end. */
class Client extends DispatcherWithSend {
  readonly sent: string;
  received = '';
  hasSeenEnd = false;
  reason: CloseReason | null = null;
  readonly aborts: boolean;
  private readonly parts: string[];

  constructor(reactor: Reactor, { parts, readsAfterMs = 0, aborts = false }: ClientOptions) {
    super(reactor);
    this.aborts = aborts;
    this.parts = [...parts];
    this.sent = parts.join('');
    if (readsAfterMs === 0) return;
    this.wantRead(false);
    this.callLater(readsAfterMs, () => this.wantRead(true));
  }

  override handleWrite(): void {
    super.handleWrite();
    if (this.closed || this.parts.length === 0) return;
    const part = this.parts.shift()!;
    this.send(encode(part));
    if (this.parts.length > 0) this.wantWrite(true);
    else if (this.aborts) this.abort();
    else this.shutdownWrite();
  }

  override handleRead(): void {
    const received = this.recv(64);
    if (isBytes(received)) this.received += new TextDecoder().decode(received);
  }

  override handleEnd(): void {
    this.hasSeenEnd = true;
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }
}

/** Answers at the end of the request, in one piece. */
const late: Mistake = (Base) =>
  class extends Base {
    private request = '';

    override pass(received: Uint8Array): void {
      this.request += new TextDecoder().decode(received);
    }

    override handleEnd(): void {
      if (this.request !== '') this.take(encode(this.request));
      super.handleEnd();
    }
  };

const REMOTES = { echo: echoOf(none), late: echoOf(late) };

/** Who talks to the service, and, if it forwards, whether the remote answers each piece or the whole request. */
export interface World {
  readonly clients: readonly ClientOptions[];
  readonly remote: 'echo' | 'late';
}

/** A service in a small world: what must hold of every echo, straight or through a forwarder. */
export function serviceScenario(service: EchoService | ForwardService, world: World): Scenario {
  return {
    name: service.kind,
    network: { windowBytes: WINDOW_BYTES },
    run: { maxSteps: 20_000 },
    setup(sim) {
      const watch = new Watch(sim.host('service').reactor);
      const { heldBytes } = start(sim, service, world);
      const clients = world.clients.map((options, index) => {
        const client = new Client(sim.host(`client${index}`).reactor, options);
        const connect = (): void => client.connect({ host: 'service', port: PORT });
        if (options.startsAtMs === undefined) connect();
        else sim.at(options.startsAtMs, connect);
        return client;
      });
      const limit = HELD_BYTES_MAX * clients.length * 2;
      sim.always('the service holds a bounded number of bytes', () => heldBytes() <= limit);
      sim.always(
        'closed is final, and handlers are called in their order',
        () => watch.violations.length === 0,
      );
      sim.always('a client receives a prefix of what it sent', () =>
        clients.every(({ sent, received }) => sent.startsWith(received)),
      );
      sim.always('a cut stream does not look complete', () =>
        clients.every(
          ({ sent, received, hasSeenEnd }) => sim.faultCount('close') > 0 || !hasSeenEnd || received === sent,
        ),
      );
      sim.eventually(
        'a connection that nothing killed gets all its bytes back, then the end',
        () =>
          sim.hasKilled ||
          clients.every(
            ({ sent, received, hasSeenEnd, aborts }) => aborts || (hasSeenEnd && received === sent),
          ),
      );
    },
  };
}

function start(
  sim: Simulation,
  service: EchoService | ForwardService,
  world: World,
): { heldBytes(): number } {
  const local = { host: '0.0.0.0', port: PORT };
  const { reactor } = sim.host('service');
  if (service.kind === 'echo') {
    const made = service.make(reactor, local);
    return { heldBytes: () => made.heldBytes() };
  }
  REMOTES[world.remote](sim.host('remote').reactor, local);
  const made = service.make(reactor, { local, remote: { host: 'remote', port: PORT } });
  return { heldBytes: () => made.heldBytes() };
}

export const ONE_CLIENT: World = { clients: [{ parts: ['abc', 'def'] }], remote: 'echo' };
export const TWO_CLIENTS: World = {
  clients: [{ parts: ['ab', 'cd'] }, { parts: ['12', '34'] }],
  remote: 'echo',
};
export const SLOW_READER: World = {
  clients: [{ parts: ['0123456789'.repeat(8)], readsAfterMs: 500 }],
  remote: 'echo',
};

export const MANY_PIECES: World = {
  clients: [{ parts: [...'abcdefgh'] }, { parts: [...'12345678'] }],
  remote: 'echo',
};

export const TROUBLED: World = {
  clients: [{ parts: ['abc'], aborts: true }, { parts: ['12', '34'] }],
  remote: 'echo',
};

/** Far enough apart that on a calm network the first is served before the second comes. */
export const STAGGERED: World = {
  clients: [{ parts: ['ab', 'cd'] }, { parts: ['12', '34'], startsAtMs: 9 }],
  remote: 'echo',
};

export const THREE_CLIENTS: World = {
  clients: [{ parts: ['ab', 'cd'] }, { parts: ['12', '34'] }, { parts: ['xy', 'z'] }],
  remote: 'echo',
};

/** One after the other: on a calm network each comes when the one before is about to end. */
export const THREE_IN_TURN: World = {
  clients: [
    { parts: ['ab', 'cd'] },
    { parts: ['12', '34'], startsAtMs: 4 },
    { parts: ['xy', 'z'], startsAtMs: 8 },
  ],
  remote: 'echo',
};

const WORLDS: readonly World[] = [
  ONE_CLIENT,
  TWO_CLIENTS,
  SLOW_READER,
  MANY_PIECES,
  TROUBLED,
  STAGGERED,
].flatMap((world) => [world, { ...world, remote: 'late' }]);

/** Tries a service in each small world in turn, one strategy each; the law that it breaks, or null. */
export function trySomewhere(
  service: EchoService | ForwardService,
  strategy: Strategy,
  round: number,
): string | null {
  const scenario = serviceScenario(service, WORLDS[round % WORLDS.length]);
  const { failure } = runScenario(scenario, strategy);
  return failure === null ? null : `${failure.law}: ${String(failure.error)}`;
}
