/** What a worker thread and the main thread share, as a worker that explores takes no messages. */
export declare class Pulse {
  readonly memory: SharedArrayBuffer;
  /** How many runs the worker has begun, in its one element. */
  readonly runs: Int32Array;
  private readonly stop;
  constructor(memory?: SharedArrayBuffer);
  /** Whether the worker has been asked to end its search. */
  get isStopped(): boolean;
  askToStop(): void;
}
