import type { CloseReason, Reactor } from '../../../src/core/index.ts';
import { PORT, type Stranger, serve, Talker, TextChannel } from './text-channel.ts';

/** The client's side: `CONNECT host`, and after the answer `OK` whatever is to be passed on. */
class Front extends TextChannel {
  readonly isBroken: boolean;
  /** Bytes that came before the other side was there. */
  early = '';
  hasEnded = false;
  private back: Back | null = null;

  constructor(parameters: ConstructorParameters<typeof TextChannel>, isBroken: boolean) {
    super(...parameters);
    this.isBroken = isBroken;
  }

  override handleText(text: string): void {
    if (this.back?.connected === true) this.back.say(text);
    else this.early += text;
    const end = this.early.indexOf('\n');
    if (this.back !== null || end < 0) return;
    const host = this.early.slice('CONNECT '.length, end);
    // The mistake: what came with the first line is taken for a part of it.
    this.early = this.isBroken ? '' : this.early.slice(end + 1);
    this.back = new Back(this.reactor, this, host);
  }

  override handleEnd(): void {
    this.hasEnded = true;
    if (this.back === null) this.close();
    else if (this.back.connected) this.back.shutdownWrite();
  }

  override handleClose(_reason: CloseReason): void {
    this.back?.abort();
  }
}

class Back extends TextChannel {
  private readonly front: Front;

  constructor(reactor: Reactor, front: Front, host: string) {
    super(reactor);
    this.front = front;
    this.connect({ host, port: PORT });
  }

  override handleConnect(): void {
    this.front.say('OK\n');
    if (this.front.early !== '') this.say(this.front.early);
    if (this.front.hasEnded) this.shutdownWrite();
  }

  override handleText(text: string): void {
    if (this.front.isTalking) this.front.say(text);
  }

  override handleClose(reason: CloseReason): void {
    if (reason.kind === 'end') this.front.closeWhenDone();
    else this.front.abort();
  }
}

class Echo extends TextChannel {
  override handleText(text: string): void {
    this.say(text);
  }
}

export const handshakingProxy: Stranger = {
  name: 'a proxy with a handshake',
  mistake: 'drops what came in one piece with the first line',
  deviations: 2,
  scenario: (isBroken) => ({
    name: 'handshaking-proxy',
    setup(sim) {
      serve(sim, 'echo', (reactor, endpoint) => new Echo(reactor, endpoint));
      serve(sim, 'proxy', (...parameters) => new Front(parameters, isBroken));
      const client = new Talker(sim, 'client', {
        to: 'proxy',
        parts: ['CONNECT echo\n', 'hello', ' you'],
        gapMs: 20,
      });
      sim.eventually(
        'a client that nobody cut off has everything back',
        () => sim.hasKilled || client.heard === 'OK\nhello you',
      );
    },
  }),
};
