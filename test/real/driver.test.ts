// When the turns come that an I/O event and its handlers ask for.
import { expect, test } from 'vitest';
import { Reactor } from '../../src/core/index.ts';
import { RealDriver, RealTransport, systemClock } from '../../src/real/index.ts';

/** Asks in each of its first `asks` turns for one more. */
class AskingReactor extends Reactor {
  turns = 0;
  private asks: number;

  constructor(driver: RealDriver, asks: number) {
    super({ transport: new RealTransport({ driver }), clock: systemClock, driver });
    this.asks = asks;
  }

  override get isLooping(): boolean {
    return true;
  }

  override turn(): number {
    const called = super.turn();
    this.turns += 1;
    this.asks -= 1;
    if (this.asks >= 0) this.requestTurn();
    return called;
  }
}

function occur(driver: RealDriver, ...reactors: Reactor[]): void {
  driver.enter();
  for (const reactor of reactors) reactor.requestTurn();
  driver.leave();
}

test('a turn that the turn of an event asks for is part of the event', () => {
  const driver = new RealDriver();
  const reactor = new AskingReactor(driver, 1);
  occur(driver, reactor);
  expect(reactor.turns).toBe(2);
});

test('a reactor that always asks has two turns in an event, then one in each round', async () => {
  const driver = new RealDriver();
  const reactor = new AskingReactor(driver, 3);
  occur(driver, reactor);
  const seen = [reactor.turns];
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    seen.push(reactor.turns);
  }
  expect(seen).toEqual([2, 3, 4, 4]);
});

test('reactors that share a driver have their turns in the same event', () => {
  const driver = new RealDriver();
  const reactors = [0, 1, 1].map((asks) => new AskingReactor(driver, asks));
  occur(driver, ...reactors);
  expect(reactors.map(({ turns }) => turns)).toEqual([1, 2, 2]);
});

test('an event within an event has no turn of its own', () => {
  const driver = new RealDriver();
  const reactor = new AskingReactor(driver, 0);
  driver.enter();
  occur(driver, reactor);
  const before = reactor.turns;
  driver.leave();
  expect([before, reactor.turns]).toEqual([0, 1]);
});
