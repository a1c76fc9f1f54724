/**
 * Writes lines to a descriptor, in order, one write at a time, and never waits for it. What cannot be written (a full
 * disk, a reader that has gone) is dropped: pino's own destination tries for ever, and then a full disk keeps a
 * service from ending.
 */
export declare class LogSink {
  private readonly descriptor;
  private waiting;
  private waitingBytes;
  private isWriting;
  private onWritten;
  constructor(descriptor: number);
  write(line: string): void;
  /** Tries once to write what waits, before the process is ended by force. Otherwise it ends by itself after its writes. */
  flush(): void;
  /** Calls once nothing is left to write. */
  whenWritten(call: () => void): void;
  private take;
  private writeNext;
  private put;
}
