import type { CloseReason, Reactor } from '../../../src/core/index.ts';
import { LineChannel, PORT, type Stranger, serve } from './text-channel.ts';

const PAYERS = ['a', 'b'];
const TRIES_MAX = 3;
const RETRY_MS = 5;
const APART_MS = 20;

/** Does what it is told by number once, however often it is told. */
class Bank {
  readonly isBroken: boolean;
  readonly done: string[] = [];
  private readonly remembered: string[] = [];

  constructor(isBroken: boolean) {
    this.isBroken = isBroken;
  }

  pay(id: string): void {
    if (this.remembered.includes(id)) return;
    this.done.push(id);
    this.remembered.push(id);
    // The mistake: room for one. A payment in between, and who has not heard of his own pays again.
    if (this.isBroken && this.remembered.length > 1) this.remembered.shift();
  }
}

class Counter extends LineChannel {
  private readonly bank: Bank;

  constructor(parameters: ConstructorParameters<typeof LineChannel>, bank: Bank) {
    super(...parameters);
    this.bank = bank;
  }

  override handleLine(id: string): void {
    this.bank.pay(id);
    this.say('done\n');
  }
}

class Payer extends LineChannel {
  private readonly id: string;
  private readonly tries: number;
  private isDone = false;

  constructor(reactor: Reactor, id: string, tries: number) {
    super(reactor);
    this.id = id;
    this.tries = tries;
    this.connect({ host: 'bank', port: PORT });
  }

  override handleConnect(): void {
    this.say(`${this.id}\n`);
  }

  override handleLine(_line: string): void {
    this.isDone = true;
    this.close();
  }

  override handleClose(_reason: CloseReason): void {
    const { reactor, id, tries } = this;
    if (!this.isDone && tries < TRIES_MAX)
      reactor.callLater(RETRY_MS, () => new Payer(reactor, id, tries + 1));
  }
}

export const rememberedPayments: Stranger = {
  name: 'a bank that remembers what it has done',
  mistake:
    'remembers the last payment only, and makes an older one again for who was cut off before the answer',
  deviations: 2,
  scenario: (isBroken) => ({
    name: 'remembered-payments',
    run: { allowOpen: true },
    setup(sim) {
      const bank = new Bank(isBroken);
      serve(sim, 'bank', (...parameters) => new Counter(parameters, bank));
      for (const [index, id] of PAYERS.entries()) {
        const { reactor } = sim.host(id);
        sim.at(index * APART_MS, () => new Payer(reactor, id, 1));
      }
      sim.always('nobody pays twice', () => new Set(bank.done).size === bank.done.length);
    },
  }),
};
