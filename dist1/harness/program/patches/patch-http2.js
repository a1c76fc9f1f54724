// http2's time-outs and its Date header on virtual time.
import net from 'node:net';
import { patchIdleTimeouts } from '../idle-timeout.js';
import { timedPrototypes } from './http2-internals.js';
export function patchHttp2(patches) {
  for (const prototype of timedPrototypes) patchIdleTimeouts(patches, prototype);
  // The class of a server's streams is not exported: the first stream leads to it.
  let isPatched = false;
  const { emit } = net.Server.prototype;
  patches.set(net.Server.prototype, 'emit', function (event, ...args) {
    const stream = args[0];
    if (event === 'stream' && !isPatched && typeof stream?.respond === 'function') {
      isPatched = true;
      patchRespond(patches, Object.getPrototypeOf(stream));
    }
    return Reflect.apply(emit, this, [event, ...args]);
  });
}
/** HTTP/2's Date header. */
function patchRespond(patches, prototype) {
  const { respond } = prototype;
  patches.set(prototype, 'respond', function (headers, options) {
    const isOurs = options?.sendDate !== false && !Array.isArray(headers) && !(headers && 'date' in headers);
    const dated = isOurs ? { ...headers, date: new Date().toUTCString() } : headers;
    Reflect.apply(respond, this, [dated, options]);
  });
}
