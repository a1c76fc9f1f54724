import type { CloseReason, Reactor } from '../../../src/core/index.ts';
import { LineChannel, PORT, type Stranger, serve, Talker, TextChannel } from './text-channel.ts';

/** Those who wait for a key that is being fetched. */
type Pending = Map<string, Asked[]>;

class Asked extends LineChannel {
  private readonly pending: Pending;
  private readonly isBroken: boolean;
  private hasAsked = false;

  constructor(parameters: ConstructorParameters<typeof LineChannel>, pending: Pending, isBroken: boolean) {
    super(...parameters);
    this.pending = pending;
    this.isBroken = isBroken;
  }

  override handleLine(key: string): void {
    this.hasAsked = true;
    const waiting = this.pending.get(key);
    if (waiting !== undefined) waiting.push(this);
    else {
      this.pending.set(key, [this]);
      new Fetch(this.reactor, key, (value) => this.answerAll(key, value));
    }
  }

  override handleEnd(): void {
    if (!this.hasAsked) this.close();
  }

  private answerAll(key: string, value: string | null): void {
    const waiting = this.pending.get(key) ?? [];
    this.pending.delete(key);
    // The mistake: a failure is told to the one who began the fetch.
    for (const asked of value === null && this.isBroken ? [this] : waiting) asked.answer(value);
  }

  private answer(value: string | null): void {
    if (!this.isTalking) return;
    this.say(value === null ? 'error\n' : `${value}\n`);
    this.closeWhenDone();
  }
}

class Fetch extends TextChannel {
  private readonly key: string;
  private readonly done: (value: string | null) => void;
  private text = '';

  constructor(reactor: Reactor, key: string, done: (value: string | null) => void) {
    super(reactor);
    this.key = key;
    this.done = done;
    this.connect({ host: 'origin', port: PORT });
  }

  override handleConnect(): void {
    this.say(`${this.key}\n`);
  }

  override handleText(text: string): void {
    this.text += text;
  }

  override handleClose(_reason: CloseReason): void {
    this.done(this.text.endsWith('.') ? this.text : null);
  }
}

class Origin extends LineChannel {
  override handleLine(key: string): void {
    this.say(`value of ${key}.`);
    this.closeWhenDone();
  }
}

export const coalescingCache: Stranger = {
  name: 'a cache that fetches once for all who ask',
  mistake: 'tells only the first that a fetch has failed, and lets the others wait for ever',
  deviations: 1,
  scenario: (isBroken) => ({
    name: 'coalescing-cache',
    setup(sim) {
      const pending: Pending = new Map();
      serve(sim, 'origin', (reactor, endpoint) => new Origin(reactor, endpoint));
      serve(sim, 'cache', (...parameters) => new Asked(parameters, pending, isBroken));
      const askers = ['first', 'second'].map(
        (host) => new Talker(sim, host, { to: 'cache', parts: ['k\n'], ends: false }),
      );
      sim.always('an answer is the value or an error', () =>
        askers.every(({ heard }) => 'value of k.\n'.startsWith(heard) || 'error\n'.startsWith(heard)),
      );
    },
  }),
};
