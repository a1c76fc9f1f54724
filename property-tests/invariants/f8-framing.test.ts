// The messages that AsyncChat finds are a function of the byte stream alone, whatever chunks a service has made of it.
import fc from 'fast-check';
import { AsyncChat, Dispatcher, type Endpoint, type Reactor } from '../../src/core/index.ts';
import type { Scenario } from '../../src/sim/index.ts';
import { readIsAMessage } from '../support/broken/echo-read-is-a-message.ts';
import { losesEarlyBytes } from '../support/broken/forward-early.ts';
import { checkInvariant } from '../support/invariants/check-invariant.ts';
import { type AnyService, HARMLESS } from '../support/invariants/world.ts';

const law = 'F8: messages do not depend on how bytes are cut';

const TERMINATOR = '\r\n';

/** Collects messages; and pushes its own in pieces, terminators cut as they fall. */
class Chat extends AsyncChat {
  readonly messages: string[] = [];
  private readonly pieces: readonly string[];

  constructor(reactor: Reactor, pieces: readonly string[], endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.pieces = pieces;
    this.setTerminator(TERMINATOR);
    if (endpoint !== null) this.pushAll();
  }

  override handleConnect(): void {
    this.pushAll();
  }

  override collectIncomingData(data: Uint8Array): void {
    this._collectIncomingData(data);
  }

  override foundTerminator(): void {
    this.messages.push(new TextDecoder().decode(this._getData()));
  }

  private pushAll(): void {
    for (const piece of this.pieces) this.push(new TextEncoder().encode(piece));
    this.shutdownWrite();
  }
}

class Listener extends Dispatcher {
  readonly chats: Chat[] = [];
  private readonly pieces: readonly string[];

  constructor(reactor: Reactor, pieces: readonly string[]) {
    super(reactor);
    this.pieces = pieces;
    this.bind({ host: '0.0.0.0', port: 9 });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.chats.push(new Chat(this.reactor, this.pieces, endpoint));
  }
}

interface Conversation {
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly pieceBytes: number;
}

/** Messages with the terminator's own characters in them, also at their ends. */
const message = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n'), maxLength: 4 });
const messages = fc.array(
  message.filter((text) => !text.includes(TERMINATOR) && !text.endsWith('\r')),
  { maxLength: 4 },
);

function piecesOf(texts: readonly string[], pieceBytes: number): string[] {
  const whole = texts.map((text) => text + TERMINATOR).join('');
  const pieces: string[] = [];
  for (let at = 0; at < whole.length; at += pieceBytes) pieces.push(whole.slice(at, at + pieceBytes));
  return pieces;
}

function build(service: AnyService, { up, down, pieceBytes }: Conversation): Scenario {
  return {
    name: 'f8',
    families: HARMLESS,
    network: { windowBytes: 8 },
    setup(sim) {
      const local = { host: '0.0.0.0', port: 7 };
      const { reactor } = sim.host('service');
      let remote: Listener | null = null;
      if (service.kind === 'echo') service.make(reactor, local);
      else {
        remote = new Listener(sim.host('remote').reactor, piecesOf(down, pieceBytes));
        service.make(reactor, { local, remote: { host: 'remote', port: 9 } });
      }
      const client = new Chat(sim.host('client').reactor, piecesOf(up, pieceBytes));
      client.connect({ host: 'service', port: 7 });
      const expected = JSON.stringify(remote === null ? up : down);
      sim.eventually(law, () => JSON.stringify(client.messages) === expected);
      if (remote === null) return;
      const { chats } = remote;
      sim.eventually(`${law}, upwards`, () => JSON.stringify(chats[0].messages) === JSON.stringify(up));
    },
  };
}

checkInvariant({
  law,
  inputs: fc.record({ up: messages, down: messages, pieceBytes: fc.integer({ min: 1, max: 8 }) }),
  build,
  brokenBy: { echo: [readIsAMessage], forward: [losesEarlyBytes] },
});
