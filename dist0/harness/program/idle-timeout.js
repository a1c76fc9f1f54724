import { ProgramTimer } from './program-timer.js';
import { real } from './real-time.js';

const SAMPLE = real.setTimeout(() => {}, 0);
real.clearTimeout(SAMPLE);
const Timeout = SAMPLE.constructor;
/** Has objects with this prototype keep their idle time-outs on virtual time. */
export function patchIdleTimeouts(patches, prototype) {
  patches.wrap(
    prototype,
    'setTimeout',
    (genuine) =>
      function (durationMs, callback) {
        const given = Reflect.apply(genuine, this, [durationMs, callback]);
        moveTimers(this);
        return given;
      },
  );
}
function moveTimers(owner) {
  for (const key of Object.getOwnPropertySymbols(owner)) {
    const timer = owner[key];
    if (!(timer instanceof Timeout)) continue;
    const { _onTimeout: onIdle, _idleTimeout: durationMs, _timerArgs: args = [] } = timer;
    if (onIdle === null) continue;
    real.clearTimeout(timer);
    owner[key] = new IdleTimeout(() => Reflect.apply(onIdle, timer, args), durationMs);
  }
}
/** Refers to nobody, and is cleared the way Node clears its own: by taking away the callback. */
class IdleTimeout extends ProgramTimer {
  constructor(onIdle, durationMs) {
    super(() => this.onIdle?.(), durationMs, [], false);
    /** Node's lists do not hold it. */
    this._destroyed = true;
    this.onIdle = onIdle;
    this._idleTimeout = durationMs;
    this.unref();
  }
  get _onTimeout() {
    return this.onIdle;
  }
  set _onTimeout(onIdle) {
    this.onIdle = onIdle;
    if (onIdle === null) this.close();
  }
}
