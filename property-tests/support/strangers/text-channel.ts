// What the strangers' services have in common: channels of text, a listener, and a client that talks and listens.
import {
  type CloseReason,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
  type Reactor,
} from '../../../src/core/index.ts';
import type { Scenario, Simulation } from '../../../src/sim/index.ts';

export const PORT = 7000;

/** A service written by somebody who knew the documentation only: with a mistake, or without. */
export interface Stranger {
  readonly name: string;
  /** What the broken one does, as the end of the sentence "it …". */
  readonly mistake: string;
  /** Deviations of the smallest failing schedule. */
  readonly deviations: number;
  scenario(isBroken: boolean): Scenario;
}

export class TextChannel extends DispatcherWithSend {
  override handleConnect(): void {}

  override handleRead(): void {
    const received = this.recv(4096);
    if (isBytes(received)) this.handleText(String.fromCharCode(...received));
  }

  handleText(_text: string): void {}

  say(text: string): void {
    this.send(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  /** Whether something said will still be sent. */
  get isTalking(): boolean {
    return !this.closed && !this.isEnding;
  }

  override handleClose(_reason: CloseReason): void {}
}

export class LineChannel extends TextChannel {
  private rest = '';

  override handleText(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) if (!this.closed) this.handleLine(line);
  }

  handleLine(_line: string): void {}
}

export function serve(
  sim: Simulation,
  host: string,
  make: (reactor: Reactor, endpoint: Endpoint) => unknown,
): void {
  class Listener extends DispatcherWithSend {
    override handleAccepted(endpoint: Endpoint): void {
      make(this.reactor, endpoint);
    }
  }
  const listener = new Listener(sim.host(host).reactor);
  listener.bind({ host: '0.0.0.0', port: PORT });
  listener.listen();
}

export interface Talk {
  readonly to: string;
  readonly parts?: readonly string[];
  /** Between the parts, and before the end. Default 0. */
  readonly gapMs?: number;
  readonly startsAtMs?: number;
  /** Whether it ends its direction after the parts. Default true. */
  readonly ends?: boolean;
}

/** Says its parts, and collects what it hears. */
export class Talker extends TextChannel {
  heard = '';
  private readonly talk: Talk;
  private said = 0;

  constructor(sim: Simulation, host: string, talk: Talk) {
    super(sim.host(host).reactor);
    this.talk = talk;
    sim.at(talk.startsAtMs ?? 0, () => this.connect({ host: talk.to, port: PORT }));
  }

  override handleConnect(): void {
    this.sayNext();
  }

  override handleText(text: string): void {
    this.heard += text;
  }

  private sayNext(): void {
    const { parts = [], gapMs = 0, ends = true } = this.talk;
    if (this.said < parts.length) {
      this.say(parts[this.said]);
      this.said += 1;
      this.callLater(gapMs, () => this.sayNext());
    } else if (ends) this.shutdownWrite();
  }
}
