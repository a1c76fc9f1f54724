// timers/promises over a program's timers.
import { invalidArgType } from '../../net/node-errors.ts';
import { ProgramTimer } from './program-timer.ts';

interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

/** `setTimeout` of timers/promises. */
export function wait<T>(delayMs?: number, value?: T, options: WaitOptions = {}): Promise<T> {
  const refusal = refusalOf(options);
  if (refusal !== null) return Promise.reject(refusal);
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      timer.close();
      reject(abortError(signal!));
    };
    const done = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value as T);
    };
    const timer = new ProgramTimer(done, delayMs, [], false);
    if (options.ref === false) timer.unref();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** `setInterval` of timers/promises. What falls due while the consumer is busy is handed over late, but not lost. */
export async function* every<T>(
  delayMs?: number,
  value?: T,
  options: WaitOptions = {},
): AsyncGenerator<T, void> {
  const refusal = refusalOf(options);
  if (refusal !== null) throw refusal;
  const { signal } = options;
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake: (() => void) | null = null;
  const notify = (): void => {
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
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due -= 1) yield value as T;
      if (signal?.aborted) throw abortError(signal);
    }
  } finally {
    timer.close();
    signal?.removeEventListener('abort', notify);
  }
}

/** Node's error for options that make no sense, or null. */
function refusalOf(options: unknown): Error | null {
  if (typeof options !== 'object' || options === null)
    return invalidArgType('options', 'of type object', options);
  const { signal, ref } = options as { readonly signal?: unknown; readonly ref?: unknown };
  const isSignal = typeof signal === 'object' && signal !== null && 'aborted' in signal;
  if (signal !== undefined && !isSignal)
    return invalidArgType('options.signal', 'an instance of AbortSignal', signal);
  if (ref !== undefined && typeof ref !== 'boolean')
    return invalidArgType('options.ref', 'of type boolean', ref);
  return null;
}

function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
