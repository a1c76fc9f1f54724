// A host that crashes or stands still by decision, where its scenario lets it: after each of its turns.

import { checkFunction } from '../core/arguments.ts';
import type { Timer } from '../core/clock.ts';
import { ArgumentError } from '../core/errors.ts';
import { CRASH, type Label, PAUSE } from './decisions/label.ts';
import type { Host } from './host.ts';

/** How long a host is down, or stands still, by choice. */
const AWAY_MS: readonly number[] = [0, 1_000, 60_000];

/** How often each befalls a host in one run: a search must come to an end. */
const TIMES_MAX = 2;

export class HostFailures {
  /** Whether it may stand still. */
  mayPause = false;
  private readonly host: Host;
  private boot: ((host: Host) => void) | null = null;
  private crashes = 0;
  private pauses = 0;
  private end: Timer | null = null;
  private endsAtMs = 0;

  constructor(host: Host) {
    this.host = host;
    // What befalls a host is not told by footprints.
    host.network.notePlan();
  }

  /** Whether it may crash. */
  get mayCrash(): boolean {
    return this.boot !== null;
  }

  /** It may crash from now on. Throws ArgumentError. */
  start(boot: (host: Host) => void): void {
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
  afterTurn(): void {
    if (this.mayCrash && this.crashes < TIMES_MAX) this.decideCrash();
    if (this.mayPause && this.pauses < TIMES_MAX && !this.host.isDown) this.decidePause();
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    const leftMs = this.end === null ? '' : this.endsAtMs - this.host.network.schedule.nowMs;
    return `f${this.crashes},${this.pauses}@${leftMs}`;
  }

  private decideCrash(): void {
    const awayMs = this.decide(CRASH, (ms) => `crashes, and is up again after ${ms} ms`);
    if (awayMs === 0) return;
    this.crashes += 1;
    this.host.crash();
    this.after(awayMs, () => this.host.restart(this.boot!));
  }

  private decidePause(): void {
    const awayMs = this.decide(PAUSE, (ms) => `its programs stand still for ${ms} ms`);
    if (awayMs === 0) return;
    this.pauses += 1;
    this.host.pause();
    this.after(awayMs, () => this.host.resume());
  }

  private decide(label: Label, text: (awayMs: number) => string): number {
    const { network } = this.host;
    if ((network.mask & (1 << label.index)) === 0) return 0;
    const awayMs = AWAY_MS[network.decisions.decide(label, AWAY_MS.length, null, this.host.clock)];
    if (awayMs > 0 && network.countFault(label)) network.tellFault(this.host.name, text(awayMs));
    return awayMs;
  }

  private after(awayMs: number, action: () => void): void {
    const { network } = this.host;
    this.end?.cancel();
    this.endsAtMs = network.schedule.nowMs + awayMs;
    this.end = network.setTimer(awayMs, () => {
      this.end = null;
      action();
    });
  }
}
