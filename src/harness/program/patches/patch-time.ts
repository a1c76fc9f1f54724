// Timers, Date, performance and hrtime on the simulation's line. nextTick, queueMicrotask and setImmediate stay real:
// Node's own streams stand still without them.
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { active } from '../active.ts';
import { ProgramTimer } from '../program-timer.ts';
import { real } from '../real-time.ts';
import { every, wait } from '../timer-promises.ts';
import type { Patches } from './patches.ts';

/** What `performance.now()` reads at virtual time 0: a process that has just started. */
const UPTIME_MS = 1000;

/** Puts the program's time on `nowMs`, which reads virtual time; `startMs` is what Date reads at virtual time 0. */
export function patchTime(patches: Patches, nowMs: () => number, startMs: number): void {
  patchTimers(patches);
  patches.set(
    globalThis,
    'Date',
    makeDate(() => Math.floor(startMs + nowMs())),
  );
  patches.set(performance, 'now', () => UPTIME_MS + nowMs());
  patches.set(performance, 'timeOrigin', startMs - UPTIME_MS);
  const nanoseconds = (): bigint => BigInt(Math.round((UPTIME_MS + nowMs()) * 1e6));
  patches.set(process, 'hrtime', Object.assign(makeHrtime(nanoseconds), { bigint: nanoseconds }));
}

function patchTimers(patches: Patches): void {
  const set = Object.assign(
    (callback: unknown, delayMs?: unknown, ...args: unknown[]) =>
      new ProgramTimer(callback, delayMs, args, false),
    { [promisify.custom]: wait },
  );
  const repeat = (callback: unknown, delayMs?: unknown, ...args: unknown[]): ProgramTimer =>
    new ProgramTimer(callback, delayMs, args, true);
  const clear = (timer: unknown): void => {
    const found = timer instanceof ProgramTimer ? timer : timerNumbered(timer);
    if (found === undefined) real.clearTimeout(timer as NodeJS.Timeout);
    else found.close();
  };
  for (const object of [globalThis, timers]) {
    patches.set(object, 'setTimeout', set);
    patches.set(object, 'setInterval', repeat);
    patches.set(object, 'clearTimeout', clear);
    patches.set(object, 'clearInterval', clear);
  }
  patches.set(timersPromises, 'setTimeout', wait);
  patches.set(timersPromises, 'setInterval', every);
  patches.set(timersPromises.scheduler, 'wait', (delayMs: number, options?: object) =>
    wait(delayMs, undefined, options),
  );
  patches.set(AbortSignal, 'timeout', abortAfter);
}

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

/** Date with another idea of now; everything else, `instanceof` too, is Date's own. */
function makeDate(nowMs: () => number): DateConstructor {
  return new Proxy(real.Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget),
    apply: (target) => new target(nowMs()).toString(),
    get: (target, key, receiver) => (key === 'now' ? nowMs : Reflect.get(target, key, receiver)),
  });
}

function makeHrtime(nanoseconds: () => bigint): (earlier?: [number, number]) => [number, number] {
  return (earlier) => {
    const now = nanoseconds();
    const since = earlier === undefined ? 0n : BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]);
    const lasted = now - since;
    return [Number(lasted / 1_000_000_000n), Number(lasted % 1_000_000_000n)];
  };
}
