import { group } from '../../sim/index.js';

/** At most so often is the line on a terminal written anew. */
const REDRAW_MS = 100;
const BAR_WIDTH = 20;
/** A bar with count, rate and estimate on a terminal, and nothing where there is none: there each result is a line of its own. */
export class VerifyProgress {
  constructor(stream) {
    this.startedMs = performance.now();
    this.jobCount = 0;
    this.doneCount = 0;
    this.isDrawn = false;
    this.stream = stream;
  }
  /** `runs` tells how many runs were made so far. */
  begin(jobs, runs) {
    this.jobCount = jobs.length;
    if (this.stream.isTTY) this.timer = setInterval(() => this.draw(runs()), REDRAW_MS);
  }
  finish(_job) {
    this.doneCount += 1;
  }
  /** Prints a line of results above the progress. */
  print(text) {
    this.clear();
    process.stdout.write(text);
  }
  /** Prints what is not a result above the progress. */
  note(text) {
    this.clear();
    this.stream.write(text);
  }
  end() {
    clearInterval(this.timer);
    this.clear();
  }
  draw(runs) {
    const seconds = (performance.now() - this.startedMs) / 1000;
    const share = this.jobCount === 0 ? 0 : this.doneCount / this.jobCount;
    const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
    const left = this.doneCount < 2 ? '' : `, about ${((seconds * (1 - share)) / share).toFixed(0)} s left`;
    this.stream.write(
      `\r\x1b[K  ${bar} ${this.doneCount}/${this.jobCount}  ${group(runs)} runs, ${group(runs / seconds)} a second, ${seconds.toFixed(0)} s${left}`,
    );
    this.isDrawn = true;
  }
  clear() {
    if (this.isDrawn) this.stream.write('\r\x1b[K');
    this.isDrawn = false;
  }
}
