import { write, writeSync } from 'node:fs';

/** Unwritten bytes kept while the log's reader is slow; lines above are dropped. */
const BACKLOG_BYTES_MAX = 4 * 1024 * 1024;
/** A reader that is slow is asked again after this time. */
const RETRY_MS = 50;
/**
 * Writes begin at least so far apart: lines that come in between go in one. A write for each line costs a busy forwarder
 * more than its log lines do (docs/performance.md), and nobody who reads along sees a hundredth of a second.
 */
const GATHER_MS = 10;

/**
 * Writes lines to a descriptor, in order, one write at a time, and never waits for it. A line after a pause is written at
 * once. What cannot be written (a full disk, a reader that has gone) is dropped: pino's own destination tries for ever,
 * and then a full disk keeps a service from ending.
 */
export class LogSink {
  private readonly descriptor: number;
  private waiting: string[] = [];
  private waitingBytes = 0;
  private isWriting = false;
  /** Runs while lines are gathered for the next write. */
  private gathering: NodeJS.Timeout | null = null;
  private writtenAtMs = Number.NEGATIVE_INFINITY;
  private onWritten: (() => void) | null = null;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  write(line: string): void {
    if (this.waitingBytes + line.length > BACKLOG_BYTES_MAX) return;
    this.waiting.push(line);
    this.waitingBytes += line.length;
    if (!this.isWriting && this.gathering === null) this.writeNext();
  }

  /** Tries once to write what waits, before the process is ended by force. Otherwise it ends by itself after its writes. */
  flush(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    try {
      writeSync(this.descriptor, this.take());
    } catch {
      // There is nobody left to tell.
    }
  }

  /** Calls once nothing is left to write. */
  whenWritten(call: () => void): void {
    if (this.gathering !== null) this.writeGathered();
    if (this.isWriting) this.onWritten = call;
    else call();
  }

  private take(): Buffer {
    const chunk = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.waitingBytes = 0;
    return chunk;
  }

  private writeNext(): void {
    const restMs = this.onWritten === null ? this.writtenAtMs + GATHER_MS - performance.now() : 0;
    if (this.waiting.length === 0) this.onWritten?.();
    else if (restMs > 0) this.gathering = setTimeout(() => this.writeGathered(), Math.ceil(restMs));
    else this.writeGathered();
  }

  private writeGathered(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.gathering = null;
    this.writtenAtMs = performance.now();
    this.put(this.take());
  }

  private put(chunk: Buffer): void {
    this.isWriting = true;
    write(this.descriptor, chunk, 0, chunk.length, null, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(() => this.put(chunk), RETRY_MS).unref();
      else if (error === null && written < chunk.length) this.put(chunk.subarray(written));
      else {
        this.isWriting = false;
        this.writeNext();
      }
    });
  }
}
