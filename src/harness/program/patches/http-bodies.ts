// Node's parser reads a server's native socket itself, and what one piece of a body puts off is done before the parser goes on: to the
// next piece, or to the end of the message. Over a façade socket it is called from JavaScript, and would call back in one go.
import { executionAsyncId } from 'node:async_hooks';
import type net from 'node:net';
import { betweenCallbacks } from '../../../net/index.ts';
import type { NativeReads } from './native-reads.ts';

type OnBody = (this: Parser, bytes: Uint8Array) => unknown;

/** Node's HTTP parser: what it calls back is under numbers, which its class has names for. */
interface Parser {
  readonly constructor: { readonly kOnBody?: number };
  readonly socket: net.Socket | null;
  /** The message whose headers were complete last, until it is answered. */
  readonly incoming: { readonly complete: boolean } | null;
  [callback: number]: OnBody;
}

type ParsedSocket = net.Socket & {
  readonly parser?: object | null;
  readonly _handle?: { getAsyncId?(): number } | null;
};

/** Node's own round of nextTick callbacks and promise jobs. Documented as deprecated (DEP0134): where it is gone, nothing changes. */
const { _tickCallback: runQueued } = process as unknown as { _tickCallback?: () => void };

/**
 * Has a server's connection do what each piece of a request's body puts off before the next one. Gives what takes that back, which has
 * to be called before the parser goes to somebody else.
 */
export function parseInTurn(socket: ParsedSocket, reads: NativeReads): () => void {
  const parser = socket.parser as Parser | null | undefined;
  const key = parser?.constructor.kOnBody;
  if (parser == null || key === undefined) return () => {};
  const { [key]: onBody } = parser;
  const isReading = watchReads(socket, parser);
  const inTurn: OnBody = function (bytes) {
    const given = Reflect.apply(onBody, this, [bytes]);
    if (this.socket !== socket) return given;
    reads.runPutOff();
    if (isReading() && runQueued !== undefined) betweenCallbacks(runQueued);
    return given;
  };
  parser[key] = inTurn;
  return () => {
    if (parser[key] === inTurn) parser[key] = onBody;
  };
}

type Callback = (...args: unknown[]) => void;

const { nextTick } = process;

/** Tells whether `socket` is handing over what its handle has just read, and no other callback is under way. */
function watchReads(socket: ParsedSocket, parser: Parser): () => boolean {
  const { push } = socket;
  let isReading = false;
  const value = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (isHead(chunk, parser)) return push.call(socket, chunk);
    // Not under a test's own nextTick, nor in a callback of something else.
    const isDirect = process.nextTick === nextTick && executionAsyncId() === socket._handle?.getAsyncId?.();
    if (!isDirect) return push.call(socket, chunk, encoding);
    isReading = true;
    try {
      return keepingFailures(() => push.call(socket, chunk, encoding));
    } finally {
      isReading = false;
    }
  };
  Object.defineProperty(socket, 'push', { value, writable: true, configurable: true, enumerable: false });
  return () => isReading;
}

const END_OF_HEAD = '\r\n\r\n';

/** Whether what was read is the end of a head and nothing of a body, as of most requests: then there is nothing to do in between. */
function isHead(chunk: unknown, { incoming }: Parser): boolean {
  if (!Buffer.isBuffer(chunk) || incoming?.complete === false) return false;
  return chunk.indexOf(END_OF_HEAD, 0, 'latin1') === chunk.length - END_OF_HEAD.length;
}

/** What throws in a round inside a callback would upset Node's own accounts of callbacks: it is thrown once `read` is over. */
function keepingFailures<Result>(read: () => Result): Result {
  const failures: unknown[] = [];
  process.nextTick = (callback: Callback, ...args: unknown[]): void => {
    if (typeof callback !== 'function') nextTick(callback, ...args);
    const keep = (): void => {
      try {
        callback(...args);
      } catch (error) {
        failures.push(error);
      }
    };
    nextTick(keep);
  };
  try {
    return read();
  } finally {
    process.nextTick = nextTick;
    for (const failure of failures)
      nextTick(() => {
        throw failure;
      });
  }
}
