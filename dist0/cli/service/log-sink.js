import { write, writeSync } from 'node:fs';

/** Unwritten bytes kept while the log's reader is slow; lines above are dropped. */
const BACKLOG_BYTES_MAX = 4 * 1024 * 1024;
/** A reader that is slow is asked again after this time. */
const RETRY_MS = 50;
/**
 * Writes lines to a descriptor, in order, one write at a time, and never waits for it. What cannot be written (a full
 * disk, a reader that has gone) is dropped: pino's own destination tries for ever, and then a full disk keeps a
 * service from ending.
 */
export class LogSink {
  constructor(descriptor) {
    this.waiting = [];
    this.waitingBytes = 0;
    this.isWriting = false;
    this.onWritten = null;
    this.descriptor = descriptor;
  }
  write(line) {
    if (this.waitingBytes + line.length > BACKLOG_BYTES_MAX) return;
    this.waiting.push(line);
    this.waitingBytes += line.length;
    if (!this.isWriting) this.writeNext();
  }
  /** Tries once to write what waits, before the process is ended by force. Otherwise it ends by itself after its writes. */
  flush() {
    try {
      writeSync(this.descriptor, this.take());
    } catch {
      // There is nobody left to tell.
    }
  }
  /** Calls once nothing is left to write. */
  whenWritten(call) {
    if (this.isWriting) this.onWritten = call;
    else call();
  }
  take() {
    const chunk = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.waitingBytes = 0;
    return chunk;
  }
  writeNext() {
    if (this.waiting.length > 0) this.put(this.take());
    else this.onWritten?.();
  }
  put(chunk) {
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
