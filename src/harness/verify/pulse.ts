/** How many words of memory the two threads share. */
const WORDS = 2;

/** What a worker thread and the main thread share, as a worker that explores takes no messages. */
export class Pulse {
  readonly memory: SharedArrayBuffer;
  /** How many runs the worker has begun, in its one element. */
  readonly runs: Int32Array;
  private readonly stop: Int32Array;

  constructor(memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.runs = new Int32Array(memory, 0, 1);
    this.stop = new Int32Array(memory, Int32Array.BYTES_PER_ELEMENT, 1);
  }

  /** Whether the worker has been asked to end its search. */
  get isStopped(): boolean {
    return Atomics.load(this.stop, 0) === 1;
  }

  askToStop(): void {
    Atomics.store(this.stop, 0, 1);
  }
}
