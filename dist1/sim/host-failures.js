// A host that crashes or stands still by decision, where its scenario lets it: after each of its turns.
import { checkFunction } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
import { CRASH, PAUSE } from './decisions/label.js';

/** How long a host is down, or stands still, by choice. */
const AWAY_MS = [0, 1_000, 60_000];
/** How often each befalls a host in one run: a search must come to an end. */
const TIMES_MAX = 2;
export class HostFailures {
  constructor(host) {
    /** Whether it may stand still. */
    this.mayPause = false;
    this.boot = null;
    this.crashes = 0;
    this.pauses = 0;
    this.end = null;
    this.endsAtMs = 0;
    this.host = host;
    // What befalls a host is not told by footprints.
    host.network.notePlan();
  }
  /** Whether it may crash. */
  get mayCrash() {
    return this.boot !== null;
  }
  /** It may crash from now on. Throws ArgumentError. */
  start(boot) {
    checkFunction('boot', boot);
    if (this.boot !== null)
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${this.host} is given a second boot; start all its programs in one`,
      );
    this.boot = boot;
    this.host.network.boot(this.host, () => boot(this.host));
  }
  /** Its programs have had a turn. */
  afterTurn() {
    if (this.mayCrash && this.crashes < TIMES_MAX) this.decideCrash();
    if (this.mayPause && this.pauses < TIMES_MAX && !this.host.isDown) this.decidePause();
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const leftMs = this.end === null ? '' : this.endsAtMs - this.host.network.schedule.nowMs;
    return `f${this.crashes},${this.pauses}@${leftMs}`;
  }
  decideCrash() {
    const awayMs = this.decide(CRASH, (ms) => `crashes, and is up again after ${ms} ms`);
    if (awayMs === 0) return;
    this.crashes += 1;
    this.host.crash();
    this.after(awayMs, () => this.host.restart(this.boot));
  }
  decidePause() {
    const awayMs = this.decide(PAUSE, (ms) => `its programs stand still for ${ms} ms`);
    if (awayMs === 0) return;
    this.pauses += 1;
    this.host.pause();
    this.after(awayMs, () => this.host.resume());
  }
  decide(label, text) {
    const { network } = this.host;
    if ((network.mask & (1 << label.index)) === 0) return 0;
    const awayMs = AWAY_MS[network.decisions.decide(label, AWAY_MS.length, null, this.host.clock)];
    if (awayMs > 0 && network.countFault(label)) network.tellFault(this.host.name, text(awayMs));
    return awayMs;
  }
  after(awayMs, action) {
    const { network } = this.host;
    this.end?.cancel();
    this.endsAtMs = network.schedule.nowMs + awayMs;
    this.end = network.setTimer(awayMs, () => {
      this.end = null;
      action();
    });
  }
}
