// What Node's http and undici keep outside of any socket: the Date header, and pools that live longer than a test.
import http from 'node:http';
import https from 'node:https';
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
