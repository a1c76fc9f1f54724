// A process that begins on a simulation has not loaded tls, https and http2. They are replaced as soon as somebody loads them, and not
// before: a program may count on being the first, or never need them.
import Module from 'node:module';
import net from 'node:net';
import { real } from '../real-time.ts';
import { loadSecure } from './patch-secure.ts';
import type { Patches } from './patches.ts';

/** All of them bring the first. */
const SECURE = new Set(['tls', 'https', 'http2', '_tls_common', '_tls_wrap']);

type Load = (request: string, ...rest: unknown[]) => unknown;

/** Whether one of them is loaded already. */
export function isSecureLoaded(): boolean {
  const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
  return moduleLoadList.includes('NativeModule tls');
}

/**
 * Calls `patch` when tls is loaded, before anybody uses it. `require` is seen as it is called. An `import`, or Node itself, is seen as
 * tls reads `net.Socket`: once for its class to extend, which has to be the genuine one, and then for each socket that it makes.
 */
export function whenSecureLoads(patches: Patches, genuine: typeof net.Socket, patch: () => void): void {
  const { Socket } = net;
  let isPatched = false;
  const ensure = (): void => {
    if (isPatched) return;
    isPatched = true;
    loadSecure();
    Object.defineProperty(net, 'Socket', {
      value: Socket,
      writable: true,
      configurable: true,
      enumerable: true,
    });
    patch();
  };
  const beforeLoad = (genuineLoad: Load): Load =>
    function (this: unknown, request, ...rest) {
      if (typeof request === 'string' && SECURE.has(request.replace(/^node:/, ''))) ensure();
      return Reflect.apply(genuineLoad, this, [request, ...rest]);
    };
  patches.wrap(Module as unknown as { _load: Load }, '_load', beforeLoad);
  if ('getBuiltinModule' in process)
    patches.wrap(process as unknown as { getBuiltinModule: Load }, 'getBuiltinModule', beforeLoad);
  const get = (): typeof net.Socket => {
    if (isSecureLoaded()) ensure();
    else if (isReadByTls(get)) {
      if (!isPatched) real.queueMicrotask(ensure);
      return genuine;
    }
    return Socket;
  };
  const set = (value: unknown): void => {
    ensure();
    net.Socket = value as typeof net.Socket;
  };
  Object.defineProperty(net, 'Socket', { get, set, configurable: true, enumerable: true });
}

/** Whether the caller of `getter` is what defines TLSSocket, or the adaptor for streams without a native handle. */
function isReadByTls(getter: () => unknown): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, getter);
  Error.stackTraceLimit = stackTraceLimit;
  return /node:(?:_tls_wrap|internal\/tls\/wrap|internal\/js_stream_socket)/.test(at.stack ?? '');
}
