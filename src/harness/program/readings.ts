// A loop that ends when time has passed, and sets no timer, is JavaScript with something left to do at every moment: virtual time would
// stand still, and the loop would never end. But it looks at the clock each time round.

/** Readings of the clock at one instant for which nothing is meant by them: a log's, a parser's, a server's. */
const PATIENT_READINGS = 2000;

/** Further readings that take a millisecond: a request on loopback, with two to ten readings, takes about that long. */
const READINGS_PER_MS = 5;

/** Lets time pass while a program does nothing but look at the clock. What was due meanwhile comes late, as for any program that is busy. */
export class Readings {
  private readonly schedule: { nowMs: number };
  private atMs = -1;
  private count = 0;

  constructor(schedule: { nowMs: number }) {
    this.schedule = schedule;
  }

  /** The clock is about to be read. */
  note(): void {
    const { schedule } = this;
    if (schedule.nowMs !== this.atMs) {
      this.atMs = schedule.nowMs;
      this.count = 0;
    }
    this.count += 1;
    if (this.count <= PATIENT_READINGS || this.count % READINGS_PER_MS !== 0) return;
    schedule.nowMs += 1;
    this.atMs = schedule.nowMs;
  }
}
