import type { CloseReason, Reactor, Timer } from '../../../src/core/index.ts';
import type { Simulation } from '../../../src/sim/index.ts';
import { LineChannel, PORT, type Stranger, serve } from './text-channel.ts';

type Answered = (answer: string | null) => void;

/** Asks over connections that are used again. */
class Pool {
  readonly reactor: Reactor;
  readonly isBroken: boolean;
  readonly idle: Asker[] = [];
  readonly open = new Set<Asker>();

  constructor(reactor: Reactor, isBroken: boolean) {
    this.reactor = reactor;
    this.isBroken = isBroken;
  }

  ask(question: string, answered: Answered): void {
    const asker = this.idle.pop() ?? new Asker(this);
    asker.ask(question, answered);
  }
}

class Asker extends LineChannel {
  private readonly pool: Pool;
  private answered: Answered | null = null;
  private timer: Timer | null = null;

  constructor(pool: Pool) {
    super(pool.reactor);
    this.pool = pool;
    pool.open.add(this);
    this.connect({ host: 'server', port: PORT });
  }

  ask(question: string, answered: Answered): void {
    this.answered = answered;
    // The mistake: the answer to a question that took too long is still to come, and the next one would get it.
    this.timer = this.callLater(100, () => this.finish(null, this.pool.isBroken));
    this.say(`${question}\n`);
  }

  override handleLine(line: string): void {
    this.finish(line, true);
  }

  override handleClose(_reason: CloseReason): void {
    this.pool.open.delete(this);
    const at = this.pool.idle.indexOf(this);
    if (at >= 0) this.pool.idle.splice(at, 1);
    this.finish(null, false);
  }

  private finish(answer: string | null, isKept: boolean): void {
    const { answered } = this;
    if (answered === null) return;
    this.answered = null;
    this.timer?.cancel();
    if (isKept) this.pool.idle.push(this);
    else {
      this.close();
      this.pool.open.delete(this);
    }
    answered(answer);
  }
}

function askInTurn(sim: Simulation, isBroken: boolean): void {
  const pool = new Pool(sim.host('app').reactor, isBroken);
  const wrong: string[] = [];
  const questions = ['a', 'b', 'c'];
  const next = (): void => {
    const question = questions.shift();
    if (question === undefined) for (const asker of pool.open) asker.close();
    else
      pool.ask(question, (answer) => {
        if (answer !== null && answer !== `re: ${question}`) wrong.push(`${question} got ${answer}`);
        next();
      });
  };
  next();
  sim.always('an answer belongs to its question', () => wrong.length === 0);
}

export const pool: Stranger = {
  name: 'a pool of connections',
  mistake: 'uses a connection again whose last question was given up, and takes that answer for the next',
  deviations: 1,
  scenario: (isBroken) => ({
    name: 'pool',
    setup(sim) {
      class Server extends LineChannel {
        override handleLine(line: string): void {
          this.callLater(2, () => this.say(`re: ${line}\n`));
        }
      }
      serve(sim, 'server', (reactor, endpoint) => new Server(reactor, endpoint));
      askInTurn(sim, isBroken);
    },
  }),
};
