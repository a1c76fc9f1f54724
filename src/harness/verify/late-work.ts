// A synchronous run is over before any promise goes on: what follows an `await` in a scenario never happens in its run. The
// runs would hold or fail without it, so this finds out beforehand.
import { createHook } from 'node:async_hooks';
import { promiseHooks } from 'node:v8';
import { stackOf, tellThrown } from '../../core/thrown.ts';
import { type Arena, calm, runScenario, type Scenario } from '../../sim/index.ts';
import { placeInProgram, UNKNOWN_PLACE } from '../../sim/report/place.ts';
import { withTripwires } from '../../sim/tripwires.ts';

export interface Broken {
  readonly law: string;
  readonly message: string;
}

const LAW = 'a scenario does all its work in its turns';

/** What Node calls the requests whose answers come by callback. Sockets, timers and processes' ends are watched elsewhere. */
const REQUESTS: ReadonlySet<string> = new Set([
  'FSREQCALLBACK',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'PROCESSWRAP',
  'PBKDF2REQUEST',
  'RANDOMBYTESREQUEST',
  'SCRYPTREQUEST',
]);

/** Watches for work that a scenario puts off until after its run. */
export class LateWork {
  private rejection: { readonly reason: unknown } | null = null;

  /** Makes one calm run, lets JavaScript's queues run dry, and says what was still to be done. */
  async ofOneRun(scenario: Scenario, arena: Arena): Promise<Broken | null> {
    const places = new WeakMap<Promise<unknown>, string>();
    let isRunning = true;
    let found: string | null = null;
    let asked: string | null = null;
    // Promises have hooks of their own, which cost less.
    const requests = createHook({
      init: (_id, type) => {
        if (!isRunning || !REQUESTS.has(type)) return;
        const place = placeInProgram(new Error().stack);
        if (place !== UNKNOWN_PLACE) asked ??= place;
      },
    }).enable();
    const stop = promiseHooks.createHook({
      init: (promise) => {
        if (isRunning) places.set(promise, placeInProgram(new Error().stack));
      },
      before: (promise) => {
        if (!isRunning) found ??= places.get(promise) ?? null;
      },
    });
    try {
      withTripwires(() => runScenario(scenario, calm, { arena }));
      isRunning = false;
      await this.untilIdle();
    } finally {
      stop();
      requests.disable();
    }
    if (asked !== null) {
      return {
        law: LAW,
        message: `the operating system was asked at ${asked}, and answers after the run is over, as a synchronous run waits for nothing; ask before the run, with a call that waits (readFileSync), or use everySchedule for a program that waits`,
      };
    }
    if (found !== null) {
      return {
        law: LAW,
        message: `a promise made at ${found} goes on after the run is over, as a synchronous run waits for nothing; use handlers, callLater or sim.at, or everySchedule for a program with promises`,
      };
    }
    return this.rejected();
  }

  /** What came up since: rejections that nobody handled. */
  async afterwards(): Promise<Broken | null> {
    await this.untilIdle();
    return this.rejected();
  }

  private rejected(): Broken | null {
    if (this.rejection === null) return null;
    const { reason } = this.rejection;
    const [what, stack] = [tellThrown(reason), stackOf(reason)];
    return {
      law: LAW,
      message: `a promise was rejected and nobody handled it: ${what}, at ${placeInProgram(stack)}; a handler must not be async`,
    };
  }

  private async untilIdle(): Promise<void> {
    const note = (reason: unknown): void => {
      this.rejection ??= { reason };
    };
    process.on('unhandledRejection', note);
    // Twice: what goes on may put off something itself.
    for (let round = 0; round < 2; round += 1) await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
  }
}
