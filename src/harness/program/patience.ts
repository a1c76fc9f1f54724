import { real } from './real-time.ts';

/** Real milliseconds to wait for news from outside before nothing left to happen is believed. */
const PATIENCE_MS = 250;

/** How long nothing has been left to happen. Something from outside may still come, so it is believed only after a while. */
export class Patience {
  private sinceMs: number | null = null;
  /** Virtual time then: a program that polls the clock moves it. */
  private atMs = 0;

  /** Something has happened. */
  renew(): void {
    this.sinceMs = null;
  }

  /** Nothing is left to happen at `atMs`, in virtual milliseconds. Whether that is to be believed now. */
  isOver(atMs: number): boolean {
    if (atMs !== this.atMs) this.sinceMs = null;
    this.atMs = atMs;
    this.sinceMs ??= real.nowMs();
    return real.nowMs() - this.sinceMs >= PATIENCE_MS;
  }
}
