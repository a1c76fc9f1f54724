/** How many words of memory the two threads share. */
const WORDS = 2;
/** What a worker thread and the main thread share, as a worker that explores takes no messages. */
export class Pulse {
  constructor(memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.runs = new Int32Array(memory, 0, 1);
    this.stop = new Int32Array(memory, Int32Array.BYTES_PER_ELEMENT, 1);
  }
  /** Whether the worker has been asked to end its search. */
  get isStopped() {
    return Atomics.load(this.stop, 0) === 1;
  }
  askToStop() {
    Atomics.store(this.stop, 0, 1);
  }
}
