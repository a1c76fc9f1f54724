// What Node's http and undici keep outside of any socket: the Date header, and pools that live longer than a test.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Patches } from './patches.ts';
import { real } from './real-time.ts';

const DATE = /\r\nDate: ([^\r]+)\r\n/;

/** How far the header may be from real time and still be Node's own, not the program's. */
const CLOSE_MS = 5000;

/** Puts the Date header on virtual time, and gives the test agents and a fetch dispatcher of its own. */
export function patchHttp(patches: Patches): void {
  patches.wrap(
    http.OutgoingMessage.prototype,
    '_storeHeader',
    (genuine: (firstLine: string, headers: unknown) => void) =>
      function (this: { _header: string }, firstLine: string, headers: unknown) {
        Reflect.apply(genuine, this, [firstLine, headers]);
        this._header = this._header.replace(DATE, (line, text) =>
          Math.abs(real.Date.parse(text) - real.Date.now()) < CLOSE_MS
            ? `\r\nDate: ${new Date().toUTCString()}\r\n`
            : line,
        );
      },
  );
  patchHttp2Date(patches);
  for (const module of [http, https]) {
    const agent = new module.Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
    patches.set(module, 'globalAgent', agent);
  }
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (!key.description?.startsWith('undici.globalDispatcher.')) continue;
    const dispatcher = (globalThis as Record<symbol, unknown>)[key] as { constructor: new () => unknown };
    patches.set(globalThis, key, new dispatcher.constructor());
  }
}

interface ServerStream {
  respond(headers?: object, options?: { sendDate?: boolean }): void;
}

/** HTTP/2's Date header. The class of a server's streams is not exported: the first stream leads to it. */
function patchHttp2Date(patches: Patches): void {
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
