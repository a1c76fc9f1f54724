// What Node's http2 uses and does not export, found once by a session over a stream that says nothing.
import type net from 'node:net';
import { Duplex } from 'node:stream';
import type { FedHandle } from './native-reads.ts';
import { secureModules } from './node-http.ts';

/** Node's own adaptor for streams without a native handle: a net.Socket whose native handle is fed by any Duplex. */
export type AdaptorSocket = Omit<net.Socket, 'connecting'> &
  Duplex & {
    /** The stream below. */
    readonly stream: Duplex;
    /** Null once closed. */
    readonly _handle: FedHandle | null;
    connecting: boolean;
    doWrite(write: object, chunks: Buffer[]): number;
    finishWrite(handle: object, code: number): void;
  };

interface HasSetTimeout {
  setTimeout(durationMs: number, callback?: () => void): unknown;
}

interface Session extends HasSetTimeout {
  destroy(...args: unknown[]): unknown;
}

export interface Http2Internals {
  readonly adaptorPrototype: AdaptorSocket;
  /** Of the sessions of both sides. */
  readonly sessionPrototype: Session;
  /** What a session stands on: an adaptor, a socket, or nothing any more. `session.socket` is a proxy that refuses much of it. */
  socketOf(session: object): object | undefined;
  /** Of the sessions and the streams of both sides. */
  readonly timedPrototypes: readonly HasSetTimeout[];
  /** Of the streams of both sides. */
  readonly streamPrototype: Duplex;
}

function lookInside(): Http2Internals {
  const { http2 } = secureModules();
  const silent = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const session = http2.connect('http://inside', { createConnection: () => silent });
  const stream = session.request();
  const base = (object: object): unknown => Object.getPrototypeOf(Object.getPrototypeOf(object));
  const symbol = Object.getOwnPropertySymbols(session).find(({ description }) => description === 'socket');
  const socketOf = (of: object): object | undefined =>
    (of as Record<symbol, object | undefined>)[symbol as symbol];
  const found = {
    adaptorPrototype: Object.getPrototypeOf(socketOf(session)),
    sessionPrototype: base(session) as Session,
    socketOf,
    timedPrototypes: [base(session), base(stream)] as HasSetTimeout[],
    streamPrototype: base(stream) as Duplex,
  };
  for (const object of [stream, session]) object.on('error', () => {});
  session.destroy();
  return found;
}

const seen: { inside: Http2Internals | null } = { inside: null };

/** Looks inside when it is called first, which loads http2. */
export function http2Internals(): Http2Internals {
  seen.inside ??= lookInside();
  return seen.inside;
}
