import {
  type Address,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  isBytes,
  type Reactor,
} from '../../src/core/index.ts';
import type { Strategy } from '../../src/sim/index.ts';

/** A client or remote that sends `payload` and its end of stream, and reads until the other's. */
export class Talker extends Dispatcher {
  received = '';
  /** `end` after the peer's end of stream, else how the connection broke; null while it lasts. */
  outcome: string | null = null;
  private unsent: Uint8Array;

  constructor(reactor: Reactor, payload: string, endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.unsent = new TextEncoder().encode(payload);
  }

  static dial(reactor: Reactor, to: Address, payload: string): Talker {
    const talker = new Talker(reactor, payload);
    talker.connect(to);
    return talker;
  }

  override handleConnect(): void {}

  override handleWrite(): void {
    this.unsent = this.unsent.subarray(this.send(this.unsent));
    if (this.unsent.length > 0) return;
    this.shutdownWrite();
    this.closeIfDone();
  }

  override handleRead(): void {
    const bytes = this.recv(64);
    if (isBytes(bytes)) this.received += new TextDecoder().decode(bytes);
  }

  override handleEnd(): void {
    this.outcome = 'end';
    this.closeIfDone();
  }

  override handleClose(reason: CloseReason): void {
    this.outcome =
      'error' in reason ? ((reason.error as { code?: string }).code ?? reason.kind) : reason.kind;
  }

  private closeIfDone(): void {
    if (this.outcome === 'end' && this.unsent.length === 0) this.close();
  }
}

/** Accepts every connection as a talker. */
export class TalkingServer extends Dispatcher {
  readonly talkers: Talker[] = [];
  private readonly payload: string;
  private readonly isReading: boolean;

  constructor(
    reactor: Reactor,
    port: number,
    payload: string,
    options: { readonly isReading?: boolean } = {},
  ) {
    super(reactor);
    this.payload = payload;
    this.isReading = options.isReading ?? true;
    this.bind({ host: '0.0.0.0', port });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    const talker = new Talker(this.reactor, this.payload, endpoint);
    talker.wantRead(this.isReading);
    this.talkers.push(talker);
  }
}

/** Deviates in one of `rarity` decisions, by a linear congruential generator. */
export function randomly(seed: number, rarity = 4): Strategy {
  let state = 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  return {
    begin: () => {
      state = Math.imul(seed + 1, 2654435761) >>> 0;
    },
    choose: (_label, arity) => (next() % rarity === 0 ? next() % arity : 0),
  };
}
