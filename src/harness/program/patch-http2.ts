// http2 over façade sockets, by Node's own adaptor for streams without a native handle. The adaptor's classes, and those of
// sessions and streams, are not exported: the first session and the first stream lead to them.
import http2 from 'node:http2';
import net from 'node:net';
import { Duplex } from 'node:stream';
import type { NetModule } from '../../net/index.ts';
import { patchIdleTimeouts } from './idle-timeout.ts';
import { shareHandle } from './patch-tls.ts';
import type { Patches } from './patches.ts';

type Connect = typeof http2.connect;
/** Node's adaptor: a net.Socket whose native handle is fed by a stream. */
type StreamSocket = Omit<net.Socket, 'connecting'> &
  Duplex & { readonly stream: net.Socket; connecting: boolean };
type StreamSocketClass = new (stream: net.Socket) => StreamSocket;

/** Has http2's client wait for the connect below it, and puts time-outs and the Date header on virtual time. */
export function patchHttp2(patches: Patches, facade: NetModule): void {
  const { connect } = http2;
  const Facade = Object.getPrototypeOf(facade.Socket) as new () => net.Socket;
  let Adaptor: StreamSocketClass | null = null;
  /** A session over a plain stream believes that it is connected; over this, it waits. */
  const adapt = (raw: Duplex): Duplex => {
    if (!(raw instanceof Facade) || !raw.pending || raw.destroyed) return raw;
    Adaptor ??= findAdaptor(connect);
    const socket = new Adaptor(raw);
    shareHandle(socket as never, raw);
    socket.connecting = true;
    raw.once('connect', () => {
      socket.connecting = false;
      socket.emit('connect');
      socket.emit('ready');
    });
    return socket;
  };
  const adapting = (...args: Parameters<Connect>): http2.ClientHttp2Session => {
    const [authority, given, listener] = args as [string | URL, http2.ClientSessionOptions, never];
    const options = typeof given === 'object' && given !== null ? given : {};
    const { createConnection } = options;
    const connectRaw = net.connect;
    if (createConnection !== undefined) {
      const made = (...details: Parameters<typeof createConnection>) => adapt(createConnection(...details));
      return connect(authority, { ...options, createConnection: made }, listener);
    }
    net.connect = ((...details: Parameters<typeof net.connect>) => adapt(connectRaw(...details))) as never;
    try {
      return Reflect.apply(connect, http2, args);
    } finally {
      net.connect = connectRaw;
    }
  };
  const watch = makeWatch(patches, Facade);
  patches.set(http2, 'connect', (...args: Parameters<Connect>) => {
    const session = adapting(...args);
    watch.onSession(session);
    return session;
  });
  const { emit } = net.Server.prototype;
  patches.set(net.Server.prototype, 'emit', function (this: net.Server, event: string, ...args: unknown[]) {
    if (event === 'session') watch.onSession(args[0] as http2.Http2Session);
    else if (event === 'stream') watch.onStream(args[0] as http2.ServerHttp2Stream);
    return Reflect.apply(emit, this, [event, ...args]);
  });
}

/** A session over a stream that says nothing keeps the adaptor under a symbol. */
function findAdaptor(connect: Connect): StreamSocketClass {
  const silent = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const session = connect('http://adaptor', { createConnection: () => silent });
  const adaptor = socketOf(session) as object;
  session.destroy();
  return adaptor.constructor as StreamSocketClass;
}

/** The socket itself; `session.socket` is a proxy that refuses much of it. */
function socketOf(session: object): unknown {
  const key = Object.getOwnPropertySymbols(session).find(({ description }) => description === 'socket');
  return key === undefined ? undefined : (session as Record<symbol, unknown>)[key];
}

interface Watch {
  onSession(session: http2.Http2Session): void;
  onStream(stream: http2.ServerHttp2Stream): void;
}

function makeWatch(patches: Patches, Facade: new () => net.Socket): Watch {
  const patched = new Set<object>();
  const patchOnce = (prototype: object, patch: (prototype: never) => void): void => {
    if (patched.has(prototype)) return;
    patched.add(prototype);
    patch(prototype as never);
  };
  return {
    onSession(session) {
      const prototype = Object.getPrototypeOf(Object.getPrototypeOf(session));
      patchOnce(prototype, (found) => patchIdleTimeouts(patches, found));
      const socket = socketOf(session) as StreamSocket | undefined;
      if (socket?.stream instanceof Facade) shareHandle(socket as never, socket.stream);
    },
    onStream(stream) {
      if (typeof stream?.respond !== 'function') return;
      const prototype = Object.getPrototypeOf(stream);
      patchOnce(prototype, (found) => patchRespond(patches, found));
      patchOnce(Object.getPrototypeOf(prototype), (found) => patchIdleTimeouts(patches, found));
    },
  };
}

interface ServerStream {
  respond(headers?: object, options?: { sendDate?: boolean }): void;
}

/** HTTP/2's Date header. */
function patchRespond(patches: Patches, prototype: ServerStream): void {
  const { respond } = prototype;
  patches.set(
    prototype,
    'respond',
    function (this: ServerStream, headers?: object, options?: { sendDate?: boolean }) {
      const isOurs =
        options?.sendDate !== false && !Array.isArray(headers) && !(headers && 'date' in headers);
      const dated = isOurs ? { ...headers, date: new Date().toUTCString() } : headers;
      Reflect.apply(respond, this, [dated, options]);
    },
  );
}
