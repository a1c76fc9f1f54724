// `setTimeout` of what Node itself makes: TLSSocket, http2's sessions and streams. Node keeps a timer of its own under a
// symbol and refreshes it at each activity; here that timer is put on virtual time.
import type { Patches } from './patches/patches.ts';
import { ProgramTimer } from './program-timer.ts';
import { real } from './real-time.ts';

/** A timer of Node's own kind, as far as its `setTimeout` and its clean-up look at it. */
interface NodeTimer {
  readonly _idleTimeout: number;
  readonly _onTimeout: ((...args: unknown[]) => void) | null;
  /** What it is called with: nothing, or its owner. */
  readonly _timerArgs?: unknown[];
}

interface HasSetTimeout {
  setTimeout(durationMs: number, callback?: () => void): unknown;
}

const SAMPLE = real.setTimeout(() => {}, 0);
real.clearTimeout(SAMPLE);
const Timeout = SAMPLE.constructor as new () => NodeTimer;

/** Has objects with this prototype keep their idle time-outs on virtual time. */
export function patchIdleTimeouts(patches: Patches, prototype: HasSetTimeout): void {
  patches.wrap(
    prototype,
    'setTimeout',
    (genuine: HasSetTimeout['setTimeout']) =>
      function (this: object, durationMs: number, callback?: () => void): unknown {
        const given = Reflect.apply(genuine, this, [durationMs, callback]);
        moveTimers(this as Record<symbol, unknown>);
        return given;
      },
  );
}

function moveTimers(owner: Record<symbol, unknown>): void {
  for (const key of Object.getOwnPropertySymbols(owner)) {
    const timer = owner[key];
    if (!(timer instanceof Timeout)) continue;
    const { _onTimeout: onIdle, _idleTimeout: durationMs, _timerArgs: args = [] } = timer;
    if (onIdle === null) continue;
    real.clearTimeout(timer as unknown as NodeJS.Timeout);
    owner[key] = new IdleTimeout(() => Reflect.apply(onIdle, timer, args), durationMs);
  }
}

/** Refers to nobody, and is cleared the way Node clears its own: by taking away the callback. */
class IdleTimeout extends ProgramTimer {
  /** Node's lists do not hold it. */
  readonly _destroyed = true;
  readonly _idleTimeout: number;
  private onIdle: (() => void) | null;

  constructor(onIdle: () => void, durationMs: number) {
    super(() => this.onIdle?.(), durationMs, [], false);
    this.onIdle = onIdle;
    this._idleTimeout = durationMs;
    this.unref();
  }

  get _onTimeout(): (() => void) | null {
    return this.onIdle;
  }

  set _onTimeout(onIdle: (() => void) | null) {
    this.onIdle = onIdle;
    if (onIdle === null) this.close();
  }
}
