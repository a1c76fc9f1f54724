// Timers, Date, performance and hrtime on the simulation's line. nextTick, queueMicrotask and setImmediate stay real:
// Node's own streams stand still without them.
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { active } from '../active.ts';
import { ProgramTimeout, ProgramTimer } from '../program-timer.ts';
import { real } from '../real-time.ts';
import { every, wait } from '../timer-promises.ts';
import type { Patches } from './patches.ts';

/**
 * Puts the program's time on the line that is installed. Other fake timers may hide these functions, and put them back when
 * nothing is installed any more: then they are as Node's own. Gives what tells the name of one that was taken away.
 */
export function patchTime(patches: Patches, uptimeMs: number, startMs: number): () => string | null {
  const before = LOOKED_AT.map((name) => globalThis[name]);
  const given = { ...makeTimers(), Date: makeDate() };
  for (const name of TIMERS)
    for (const object of [globalThis, timers]) patches.lend(object, name, given[name], real[name]);
  patches.lend(globalThis, 'Date', given.Date, real.Date);
  patches.set(timersPromises, 'setTimeout', wait);
  patches.set(timersPromises, 'setInterval', every);
  patches.set(timersPromises.scheduler, 'wait', (delayMs: number, options?: object) =>
    wait(delayMs, undefined, options),
  );
  patches.set(AbortSignal, 'timeout', abortAfter);
  patches.set(performance, 'now', () => active.line?.uptimeMs() ?? real.nowMs());
  patches.set(performance, 'timeOrigin', startMs - uptimeMs);
  patches.lend(process, 'hrtime', makeHrtime(), real.hrtime);
  const nameTaken = (): string | null => {
    // Asked in each turn of the event loop.
    const current: Record<(typeof LOOKED_AT)[number], unknown> = globalThis;
    const isGiven =
      current.setTimeout === given.setTimeout &&
      current.setInterval === given.setInterval &&
      current.Date === given.Date;
    if (isGiven) return null;
    return LOOKED_AT.find((name, index) => isTaken(name, given[name], before[index])) ?? null;
  };
  hideFakeJobs(patches, () => nameTaken() !== null);
  return nameTaken;
}

/** What stays real in a body, by where it is kept. */
const JOBS = [
  [process, 'nextTick'],
  [globalThis, 'queueMicrotask'],
  [globalThis, 'setImmediate'],
  [globalThis, 'clearImmediate'],
  [timers, 'setImmediate'],
  [timers, 'clearImmediate'],
] as const;

/** Other fake timers, jest's for one, may hide these, too, and sockets stand still without them. `haveEnded` tells whether such timers were turned off. */
function hideFakeJobs(patches: Patches, haveEnded: () => boolean): void {
  for (const [object, key] of JOBS) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    const genuine = real[key];
    if (found === undefined || found.value === genuine) continue;
    Object.defineProperty(object, key, { ...found, value: genuine });
    patches.onUndo(() => {
      if (Reflect.get(object, key) === genuine && !haveEnded()) Object.defineProperty(object, key, found);
    });
  }
}

const TIMERS = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] as const;

const LOOKED_AT = ['setTimeout', 'setInterval', 'Date'] as const;

/** Whether what stood there before, or nothing, stands there again. Something new is on top, and its owner's business. */
function isTaken(name: (typeof LOOKED_AT)[number], given: unknown, before: unknown): boolean {
  const current: unknown = globalThis[name];
  return current !== given && (current === undefined || current === before || current === real[name]);
}

const clear = (timer: unknown): void => {
  const found = timer instanceof ProgramTimer ? timer : timerNumbered(timer);
  if (found === undefined) real.clearTimeout(timer as NodeJS.Timeout);
  else found.close();
};

type RealTimer = (callback: unknown, delayMs?: unknown, ...args: unknown[]) => NodeJS.Timeout;

/** Older fake timers, vitest's among them, delete what they find in their place at the end if it does not say this. */
const MARK = { hadOwnProperty: true };

const makeTimers = () => ({
  setTimeout: Object.assign(
    (callback: unknown, delayMs?: unknown, ...args: unknown[]) =>
      active.line === null
        ? (real.setTimeout as RealTimer)(callback, delayMs, ...args)
        : new ProgramTimeout(callback, delayMs, args, false),
    { [promisify.custom]: wait, ...MARK },
  ),
  setInterval: Object.assign(
    (callback: unknown, delayMs?: unknown, ...args: unknown[]) =>
      active.line === null
        ? (real.setInterval as RealTimer)(callback, delayMs, ...args)
        : new ProgramTimeout(callback, delayMs, args, true),
    MARK,
  ),
  clearTimeout: Object.assign((timer: unknown) => clear(timer), MARK),
  clearInterval: Object.assign((timer: unknown) => clear(timer), MARK),
});

/** `clearTimeout` also takes the number that a timer converts to. */
function timerNumbered(number: unknown): ProgramTimer | undefined {
  if (typeof number !== 'number' && typeof number !== 'string') return undefined;
  for (const timer of active.line?.pending ?? [])
    if (timer instanceof ProgramTimer && timer.id === Number(number)) return timer;
  return undefined;
}

function abortAfter(delayMs: number): AbortSignal {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  new ProgramTimer(() => controller.abort(reason), delayMs, [], false).unref();
  return controller.signal;
}

const dateMs = (): number => active.line?.dateMs() ?? real.dateMs();

/** Date with another idea of now; everything else, `instanceof` and a spy on `now` too, is Date's own. */
const makeDate = (): DateConstructor =>
  new Proxy(real.Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [dateMs()] : args, newTarget),
    apply: (target) => new target(dateMs()).toString(),
    get: (target, key, receiver) => {
      if (key in MARK) return true;
      const value = Reflect.get(target, key, receiver);
      return key === 'now' && value === real.dateMs ? dateMs : value;
    },
  });

const nanoseconds = (): bigint =>
  active.line === null ? real.hrtime.bigint() : BigInt(Math.round(active.line.uptimeMs() * 1e6));

const makeHrtime = (): NodeJS.HRTime =>
  Object.assign(
    (earlier?: [number, number]): [number, number] => {
      const now = nanoseconds();
      const since = earlier === undefined ? 0n : BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]);
      const lasted = now - since;
      return [Number(lasted / 1_000_000_000n), Number(lasted % 1_000_000_000n)];
    },
    { bigint: nanoseconds, ...MARK },
  );
