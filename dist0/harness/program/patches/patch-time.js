// Timers, Date, performance and hrtime on the simulation's line. nextTick, queueMicrotask and setImmediate stay real:
// Node's own streams stand still without them.
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { active } from '../active.js';
import { ProgramTimeout, ProgramTimer } from '../program-timer.js';
import { real } from '../real-time.js';
import { every, wait } from '../timer-promises.js';
/**
 * Puts the program's time on the line that is installed. Other fake timers may hide these functions, and put them back when
 * nothing is installed any more: then they are as Node's own. Gives what tells the name of one that was taken away.
 */
export function patchTime(patches, uptimeMs, startMs) {
  const before = LOOKED_AT.map((name) => globalThis[name]);
  const given = { ...makeTimers(), Date: makeDate() };
  for (const name of TIMERS)
    for (const object of [globalThis, timers]) patches.lend(object, name, given[name], real[name]);
  patches.lend(globalThis, 'Date', given.Date, real.Date);
  patches.set(timersPromises, 'setTimeout', wait);
  patches.set(timersPromises, 'setInterval', every);
  patches.set(timersPromises.scheduler, 'wait', (delayMs, options) => wait(delayMs, undefined, options));
  patches.set(AbortSignal, 'timeout', abortAfter);
  patches.set(performance, 'now', () => active.line?.uptimeMs() ?? real.nowMs());
  patches.set(performance, 'timeOrigin', startMs - uptimeMs);
  patches.lend(process, 'hrtime', makeHrtime(), real.hrtime);
  return () => LOOKED_AT.find((name, index) => isTaken(name, given[name], before[index])) ?? null;
}
const TIMERS = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'];
const LOOKED_AT = ['setTimeout', 'setInterval', 'Date'];
/** Whether what stood there before, or nothing, stands there again. Something new is on top, and its owner's business. */
function isTaken(name, given, before) {
  const current = globalThis[name];
  return current !== given && (current === undefined || current === before || current === real[name]);
}
const clear = (timer) => {
  const found = timer instanceof ProgramTimer ? timer : timerNumbered(timer);
  if (found === undefined) real.clearTimeout(timer);
  else found.close();
};
/** Older fake timers, vitest's among them, delete what they find in their place at the end if it does not say this. */
const MARK = { hadOwnProperty: true };
const makeTimers = () => ({
  setTimeout: Object.assign(
    (callback, delayMs, ...args) =>
      active.line === null
        ? real.setTimeout(callback, delayMs, ...args)
        : new ProgramTimeout(callback, delayMs, args, false),
    { [promisify.custom]: wait, ...MARK },
  ),
  setInterval: Object.assign(
    (callback, delayMs, ...args) =>
      active.line === null
        ? real.setInterval(callback, delayMs, ...args)
        : new ProgramTimeout(callback, delayMs, args, true),
    MARK,
  ),
  clearTimeout: Object.assign((timer) => clear(timer), MARK),
  clearInterval: Object.assign((timer) => clear(timer), MARK),
});
/** `clearTimeout` also takes the number that a timer converts to. */
function timerNumbered(number) {
  if (typeof number !== 'number' && typeof number !== 'string') return undefined;
  for (const timer of active.line?.pending ?? [])
    if (timer instanceof ProgramTimer && timer.id === Number(number)) return timer;
  return undefined;
}
function abortAfter(delayMs) {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  new ProgramTimer(() => controller.abort(reason), delayMs, [], false).unref();
  return controller.signal;
}
const dateMs = () => active.line?.dateMs() ?? real.dateMs();
/** Date with another idea of now; everything else, `instanceof` and a spy on `now` too, is Date's own. */
const makeDate = () =>
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
const nanoseconds = () =>
  active.line === null ? real.hrtime.bigint() : BigInt(Math.round(active.line.uptimeMs() * 1e6));
const makeHrtime = () =>
  Object.assign(
    (earlier) => {
      const now = nanoseconds();
      const since = earlier === undefined ? 0n : BigInt(earlier[0]) * 1000000000n + BigInt(earlier[1]);
      const lasted = now - since;
      return [Number(lasted / 1000000000n), Number(lasted % 1000000000n)];
    },
    { bigint: nanoseconds, ...MARK },
  );
