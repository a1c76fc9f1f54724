// Global timers in a synchronous simulation: @sinonjs/fake-timers keeps them, and the host's clock says when.

import FakeTimers from '@sinonjs/fake-timers';
import { checkMethod } from '../core/arguments.ts';
import type { Host, Simulation } from '../sim/index.ts';

type Handler = (...values: unknown[]) => void;

/** What is replaced. nextTick, queueMicrotask and setImmediate stay real: Node's own streams need them. */
const REPLACED = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Date',
  'performance',
] as const;

/**
 * Puts `setTimeout`, `setInterval`, `Date` and `performance` on a host's line of time, for programs that `sim.run()` drives
 * synchronously; programs that use promises and streams want `install`. Returns what takes it out again: call it in a
 * `finally`. One at a time in a process.
 */
export function useGlobalTimers(sim: Simulation, host: Host): () => void {
  checkMethod('sim', sim, sim?.host, 'a Simulation');
  checkMethod('host', host, host?.clock?.setTimer, 'a host of the simulation');
  const fake = FakeTimers.install({ now: host.clock.now(), toFake: [...REPLACED] });
  const { setTimeout: fakeTimeout, setInterval: fakeInterval } = globalThis;
  const catchUp = (): void => void fake.tick(Math.max(0, host.clock.now() - fake.now));
  // Whatever happens, the program's Date is the host's: time has moved when an event is taken.
  sim.onTaken = catchUp;
  const wakeAfter = (delayMs: number): void => {
    host.clock.setTimer(delayMs, catchUp);
  };
  const timeout = (handler: Handler, delayMs = 0, ...values: unknown[]): NodeJS.Timeout => {
    catchUp();
    wakeAfter(Math.max(1, delayMs));
    return fakeTimeout(handler, delayMs, ...values);
  };
  const interval = (handler: Handler, delayMs = 0, ...values: unknown[]): NodeJS.Timeout => {
    catchUp();
    wakeAfter(Math.max(1, delayMs));
    return fakeInterval(() => {
      // The next call is due one interval on, if this one does not end it; waking for nothing does no harm.
      wakeAfter(Math.max(1, delayMs));
      handler(...values);
    }, delayMs);
  };
  Object.assign(globalThis, { setTimeout: timeout, setInterval: interval });
  return () => {
    sim.onTaken = null;
    fake.uninstall();
  };
}
