/** What native code over a façade socket is fed with. */
export interface FedHandle {
  readBuffer(bytes: Buffer): void;
  emitEOF(): void;
}
interface HasPush {
  push(chunk: unknown, encoding?: BufferEncoding): boolean;
}
/** The reads of one installation's native streams. */
export declare class NativeReads {
  /** What was put off since native code began to be fed; null while it is not. */
  private putOff;
  private isRunning;
  /** Has `handle` take one piece at a time: what is put off may lead to the next one. `afterRead` is called after each. */
  feedInTurn(handle: FedHandle, afterRead: () => void): void;
  /**
   * A stream's `push` as native code calls it: what the callback before has put off comes first. Not before the end of the stream:
   * that Node tells in the middle of a callback that has looked at the stream already.
   */
  pushInTurn(push: HasPush['push']): HasPush['push'];
  /** Runs `feed`, and gathers what is put off meanwhile; what is left of it in the end comes where it would have come. */
  private gathering;
  /** `process.nextTick` for the time being. Somebody may keep it for longer. */
  private readonly gather;
  /** What a callback throws is an uncaught exception, as it would be from the event loop. */
  private runPutOff;
}
