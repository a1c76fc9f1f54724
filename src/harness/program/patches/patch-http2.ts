// http2's time-outs and its Date header on virtual time.
import net from 'node:net';
import { patchIdleTimeouts } from '../idle-timeout.ts';
import { http2Internals } from './http2-internals.ts';
import type { Patches } from './patches.ts';

interface ServerStream {
  respond(headers?: object, options?: { sendDate?: boolean }): void;
}

export function patchHttp2(patches: Patches): void {
  for (const prototype of http2Internals().timedPrototypes) patchIdleTimeouts(patches, prototype);
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
