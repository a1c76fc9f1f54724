// Small worlds in which a service is tried: who talks to whom, and what must hold at the end.
import {
  type Address,
  type CloseReason,
  DispatcherWithSend,
  isBytes,
  type Reactor,
} from '../../src/core/index.ts';
import { Simulation, type SimulationOptions, type Strategy } from '../../src/sim/index.ts';
import { echoOf, Half } from './broken/half.ts';
import type { EchoService, ForwardService, MakeEcho, MakeForward } from './broken/service.ts';

const PORT = 7;
const WINDOW_BYTES = 8;
/** What one relay may hold for each direction: a receive, and what the window gave before it stopped. */
const HELD_BYTES_MAX = 2 * WINDOW_BYTES;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

interface ClientOptions {
  readonly parts: readonly string[];
  /** Does not read before this time. */
  readonly readsAfterMs?: number;
}

/** Sends its parts, one a write event, ends its direction, and reads to the end. */
class Client extends DispatcherWithSend {
  readonly sent: string;
  received = '';
  hasSeenEnd = false;
  reason: CloseReason | null = null;
  private readonly parts: string[];

  constructor(reactor: Reactor, address: Address, { parts, readsAfterMs = 0 }: ClientOptions) {
    super(reactor);
    this.parts = [...parts];
    this.sent = parts.join('');
    this.connect(address);
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
class AnswerLate extends Half {
  private request = '';

  override take(data: Uint8Array): void {
    this.request += new TextDecoder().decode(data);
  }

  override handleEnd(): void {
    if (this.request !== '') super.take(encode(this.request));
    super.handleEnd();
  }
}

interface World {
  readonly strategy: Strategy;
  readonly clients: readonly ClientOptions[];
  readonly options?: SimulationOptions;
}

function simulate({ strategy, options }: World): Simulation {
  return new Simulation({ windowBytes: WINDOW_BYTES, ...options, strategy });
}

/** Runs a world to its end; says what did not hold, or null. */
function judge(
  sim: Simulation,
  world: World,
  start: (reactor: Reactor) => { heldBytes(): number },
): string | null {
  const service = start(sim.host('service').reactor);
  let heldBytes = 0;
  sim.always('the bytes held are counted', () => {
    heldBytes = Math.max(heldBytes, service.heldBytes());
  });
  const clients = world.clients.map(
    (options, index) =>
      new Client(sim.host(`client${index}`).reactor, { host: 'service', port: PORT }, options),
  );
  try {
    sim.run({ maxSteps: 20_000 });
  } catch (error) {
    return String(error);
  }
  const limit = HELD_BYTES_MAX * clients.length * 2;
  if (heldBytes > limit) return `the service held ${heldBytes} bytes, more than ${limit}`;
  for (const client of clients) {
    const complaint = complain(client, sim);
    if (complaint !== null) return complaint;
  }
  return null;
}

function complain(client: Client, { faults }: Simulation): string | null {
  const { sent, received, hasSeenEnd, reason } = client;
  const got = `of ${JSON.stringify(sent)} the client got ${JSON.stringify(received)}`;
  if (!sent.startsWith(received)) return `${got}, which is no prefix`;
  const isComplete = received === sent;
  if (faults.reset + faults.close + faults.refuse === 0) {
    if (!isComplete || !hasSeenEnd)
      return `${got}, and then ${reason?.kind ?? 'nothing'}, though no fault killed it`;
  } else if (faults.close === 0 && hasSeenEnd && !isComplete) return `${got}, and then a clean end`;
  return null;
}

export function tryEcho(make: MakeEcho, world: World): string | null {
  const sim = simulate(world);
  return judge(sim, world, (reactor) => make(reactor, { host: '0.0.0.0', port: PORT }));
}

export function tryForward(make: MakeForward, world: World, remote: 'echo' | 'late'): string | null {
  const sim = simulate(world);
  const service = sim.host('service');
  const makeRemote = echoOf(remote === 'echo' ? Half : AnswerLate);
  makeRemote(sim.host('remote').reactor, { host: '0.0.0.0', port: PORT });
  return judge(sim, world, () =>
    make(service.reactor, {
      local: { host: '0.0.0.0', port: PORT },
      remote: { host: 'remote', port: PORT },
    }),
  );
}

const CLIENTS: readonly (readonly ClientOptions[])[] = [
  [{ parts: ['abc', 'def'] }],
  [{ parts: ['ab', 'cd'] }, { parts: ['12', '34'] }],
  [{ parts: ['0123456789'.repeat(8)], readsAfterMs: 500 }],
];

/** Tries a service in each small world in turn, one strategy each. */
export function trySomewhere(
  service: EchoService | ForwardService,
  strategy: Strategy,
  round: number,
): string | null {
  const world: World = { strategy, clients: CLIENTS[round % CLIENTS.length] };
  if (service.kind === 'echo') return tryEcho(service.make, world);
  const remote = Math.floor(round / CLIENTS.length) % 2 === 0 ? 'echo' : 'late';
  return tryForward(service.make, world, remote);
}
