import type { CloseReason, Reactor } from '../../../src/core/index.ts';
import { LineChannel, PORT, type Stranger, serve, TextChannel } from './text-channel.ts';

const MESSAGES = ['alpha', 'beta', 'gamma'];
const TRIES_MAX = 5;

/** What a subscriber remembers from one connection to the next. */
class Subscription {
  readonly isBroken: boolean;
  readonly got: string[] = [];
  last = 0;
  tries = 0;
  isDone = false;

  constructor(isBroken: boolean) {
    this.isBroken = isBroken;
  }
}

class Subscriber extends TextChannel {
  private readonly subscription: Subscription;
  private rest = '';

  constructor(reactor: Reactor, subscription: Subscription) {
    super(reactor);
    this.subscription = subscription;
    subscription.tries += 1;
    this.connect({ host: 'server', port: PORT });
  }

  override handleConnect(): void {
    this.say(`RESUME ${this.subscription.last}\n`);
  }

  override handleText(text: string): void {
    const { subscription } = this;
    this.rest += text;
    for (;;) {
      const number = /^(\d):/.exec(this.rest);
      // The mistake: the number is noted when it is read, though its message may never come.
      if (number !== null && subscription.isBroken) subscription.last = Number(number[1]);
      const end = this.rest.indexOf('\n');
      if (end < 0) return;
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + 1);
      if (line === 'END') {
        subscription.isDone = true;
        this.close();
        return;
      }
      subscription.last = Number(line[0]);
      subscription.got.push(line.slice(2));
    }
  }

  override handleClose(_reason: CloseReason): void {
    if (this.subscription.tries < TRIES_MAX) new Subscriber(this.reactor, this.subscription);
  }
}

class Publisher extends LineChannel {
  override handleLine(line: string): void {
    const from = Number(line.split(' ')[1]);
    MESSAGES.forEach((message, index) => {
      if (index >= from) this.say(`${index + 1}:${message}\n`);
    });
    this.say('END\n');
  }
}

export const resume: Stranger = {
  name: 'a subscriber that resumes',
  mistake:
    'notes the number of a message before all of it has come, and never sees it if the connection breaks between',
  deviations: 2,
  scenario: (isBroken) => ({
    name: 'resume',
    setup(sim) {
      serve(sim, 'server', (reactor, endpoint) => new Publisher(reactor, endpoint));
      const subscription = new Subscription(isBroken);
      new Subscriber(sim.host('app').reactor, subscription);
      sim.eventually(
        'who has seen the end has seen every message, once and in order',
        () => !subscription.isDone || subscription.got.join() === MESSAGES.join(),
      );
    },
  }),
};
