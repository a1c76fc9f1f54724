import { group } from '../sim/index.ts';

/** At most so often is the line on a terminal written anew. */
const REDRAW_MS = 100;

/** A line with the count and rate on a terminal, and nothing where there is none: there each result is a line of its own. */
export class VerifyProgress {
  private readonly stream: NodeJS.WriteStream;
  private readonly startedMs = performance.now();
  private drawnMs = 0;
  private isDrawn = false;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  show(schedules: number): void {
    const nowMs = performance.now();
    if (!this.stream.isTTY || nowMs - this.drawnMs < REDRAW_MS) return;
    this.drawnMs = nowMs;
    const seconds = (nowMs - this.startedMs) / 1000;
    this.stream.write(
      `\r\x1b[K  ${group(schedules)} runs, ${group(schedules / seconds)} a second, ${seconds.toFixed(0)} s`,
    );
    this.isDrawn = true;
  }

  /** Prints a line of results above the progress. */
  print(text: string): void {
    this.end();
    process.stdout.write(text);
  }

  end(): void {
    if (this.isDrawn) this.stream.write('\r\x1b[K');
    this.isDrawn = false;
  }
}
