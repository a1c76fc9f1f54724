import type { DirectOutlet } from './direct-outlet.ts';
import type { StreamBinding, WriteRequest, WriteRequestType } from './private-handle.ts';

/** What one write is asked for with, and whose it is. */
export interface OutletRequest extends WriteRequest {
  outlet: DirectOutlet | null;
}

/** Small bytes are copied here before they are written, so that what they came in is free for the next read. */
const COPY_BYTES_MAX = 16 * 1024;

/**
 * What the writes of one transport use and mostly give back at once: a request, and memory for bytes that are not
 * ours. The kernel takes nearly every write whole; only what it does not keeps them.
 */
export class WriteSupplies {
  private readonly Request: WriteRequestType;
  private readonly binding: StreamBinding | null;
  private spare: OutletRequest | null = null;
  private memory = NO_BYTES;
  /** The first bytes of `memory`, as many as were last asked for. */
  private view = NO_BYTES;

  /** Without the binding nobody tells whether a write was taken at once, and nothing is used twice. */
  constructor(Request: WriteRequestType, binding: StreamBinding | null) {
    this.Request = Request;
    this.binding = binding;
  }

  /** For the next write. */
  request(): OutletRequest {
    if (this.spare === null) {
      this.spare = new this.Request() as OutletRequest;
      this.spare.oncomplete = completeOutlet;
    }
    return this.spare;
  }

  /** A copy that is good until the next one is asked for, or `spend` has it kept. */
  copy(bytes: Uint8Array): Uint8Array {
    const { length } = bytes;
    if (length > COPY_BYTES_MAX) return Buffer.from(bytes);
    if (this.view.length !== length) {
      if (this.memory.length === 0) this.memory = Buffer.allocUnsafeSlow(COPY_BYTES_MAX);
      this.view = this.memory.subarray(0, length);
    }
    this.view.set(bytes);
    return this.view;
  }

  /** Whether nothing of the write that was just asked for is left to do. */
  wasTakenAtOnce(): boolean {
    const { binding } = this;
    return binding !== null && binding.state[binding.asyncIndex] === 0;
  }

  /** The write goes on: its request and its bytes are used for nothing else. */
  spend(request: OutletRequest, bytes: Uint8Array): void {
    request.buffer = bytes;
    this.spare = null;
    if (bytes !== this.view) return;
    this.memory = NO_BYTES;
    this.view = NO_BYTES;
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Called on the request. */
function completeOutlet(this: WriteRequest, status: number): void {
  (this as OutletRequest).outlet!.complete(status);
}
