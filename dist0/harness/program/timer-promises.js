// timers/promises over a program's timers.
import { ProgramTimer } from './program-timer.js';
/** `setTimeout` of timers/promises. */
export function wait(delayMs, value, options = {}) {
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      timer.close();
      reject(abortError(signal));
    };
    const done = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    };
    const timer = new ProgramTimer(done, delayMs, [], false);
    if (options.ref === false) timer.unref();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
/** `setInterval` of timers/promises. What falls due while the consumer is busy is handed over late, but not lost. */
export async function* every(delayMs, value, options = {}) {
  const { signal } = options;
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake = null;
  const notify = () => {
    wake?.();
    wake = null;
  };
  const timer = new ProgramTimer(
    () => {
      due += 1;
      notify();
    },
    delayMs,
    [],
    true,
  );
  if (options.ref === false) timer.unref();
  signal?.addEventListener('abort', notify, { once: true });
  try {
    for (;;) {
      if (due === 0 && !signal?.aborted) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due -= 1) yield value;
      if (signal?.aborted) throw abortError(signal);
    }
  } finally {
    timer.close();
    signal?.removeEventListener('abort', notify);
  }
}
function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
