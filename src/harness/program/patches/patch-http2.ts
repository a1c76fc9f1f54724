// http2's time-outs and its Date header on virtual time, and a session that ends at once with the socket below it.
import net from 'node:net';
import { patchIdleTimeouts } from '../idle-timeout.ts';
import { type AdaptorSocket, http2Internals } from './http2-internals.ts';
import type { Patches } from './patches.ts';

interface ServerStream {
  respond(headers?: object, options?: { sendDate?: boolean }): void;
}

export function patchHttp2(patches: Patches, Facade: new () => net.Socket): void {
  for (const prototype of http2Internals().timedPrototypes) patchIdleTimeouts(patches, prototype);
  patchDestroy(patches, Facade);
  // The class of a server's streams is not exported: the first stream leads to it.
  let isPatched = false;
  const { emit } = net.Server.prototype;
  patches.set(net.Server.prototype, 'emit', function (this: net.Server, event: string, ...args: unknown[]) {
    const stream = args[0] as ServerStream | undefined;
    if (event === 'stream' && !isPatched && typeof stream?.respond === 'function') {
      isPatched = true;
      patchRespond(patches, Object.getPrototypeOf(stream));
    }
    return Reflect.apply(emit, this, [event, ...args]);
  });
}

/**
 * A session that is destroyed waits for its socket to close, unless that is destroyed already. An adaptor takes a turn of the event loop to
 * close, where the native socket below it is destroyed by the time it fails: programs would hear of the session's error too late.
 */
function patchDestroy(patches: Patches, Facade: new () => net.Socket): void {
  const { sessionPrototype, socketOf } = http2Internals();
  patches.wrap(sessionPrototype, 'destroy', (destroy) => {
    return function (this: object, ...args: unknown[]) {
      const adaptor = socketOf(this) as Partial<AdaptorSocket> | undefined;
      const stream = adaptor?.stream;
      if (stream instanceof Facade && stream.destroyed && stream.errored !== null) adaptor?.destroy?.();
      return Reflect.apply(destroy, this, args);
    };
  });
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
