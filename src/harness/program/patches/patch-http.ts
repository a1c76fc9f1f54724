// What Node's http and undici keep outside of any socket: the Date header, and pools that live longer than a test.

import type { Agent } from 'node:http';
import { active } from '../active.ts';
import { real } from '../real-time.ts';
import { http } from './node-http.ts';
import type { Patches } from './patches.ts';

const DATE = '\r\nDate: ';

/** `Thu, 01 Jan 2026 00:00:00 GMT`: the header has one form (RFC 9110, section 5.6.7). */
const DATE_LENGTH = 29;

/** How far the header may be from real time and still be Node's own, not the program's. */
const CLOSE_MS = 5000;

/** Puts the Date header on virtual time, and gives the test an agent and a fetch dispatcher of its own. */
export function patchHttp(patches: Patches): void {
  const redate = makeRedate();
  patches.wrap(
    http.OutgoingMessage.prototype,
    '_storeHeader',
    (genuine: (firstLine: string, headers: unknown) => void) =>
      function (this: { _header: string; sendDate: boolean }, firstLine: string, headers: unknown) {
        genuine.call(this, firstLine, headers);
        if (this.sendDate) this._header = redate(this._header);
      },
  );
  patchAgent(patches, http);
  patchDispatchers(patches);
}

/** A global agent as Node's own, of http or https, for one test. */
export function patchAgent(patches: Patches, module: { readonly Agent: typeof Agent }): void {
  const agent = new module.Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
  patches.set(module, 'globalAgent', agent);
}

/** Puts virtual time in place of the date that Node has written; both change only once in a second. */
function makeRedate(): (head: string) => string {
  let genuine = '';
  let second = -1;
  let text = '';
  return (head) => {
    const at = head.indexOf(DATE) + DATE.length;
    if (at < DATE.length) return head;
    const written = head.slice(at, at + DATE_LENGTH);
    if (written !== genuine) {
      if (!(Math.abs(real.Date.parse(written) - real.Date.now()) < CLOSE_MS)) return head;
      genuine = written;
    }
    const nowMs = active.line?.dateMs() ?? real.dateMs();
    const now = Math.floor(nowMs / 1000);
    if (now !== second) {
      second = now;
      text = new real.Date(nowMs).toUTCString();
    }
    return head.slice(0, at) + text + head.slice(at + DATE_LENGTH);
  };
}

interface FetchDispatcher {
  readonly constructor: new (wrapped?: unknown) => FetchDispatcher;
}

/** undici keeps an agent in the global object and, from Node 26 on, a wrapper around it for older undicis. */
function patchDispatchers(patches: Patches): void {
  const holder = globalThis as unknown as Record<symbol, FetchDispatcher>;
  const keys = Object.getOwnPropertySymbols(holder).filter((key) =>
    key.description?.startsWith('undici.globalDispatcher.'),
  );
  const isWrapper = (key: symbol): boolean => holder[key].constructor.length > 0;
  const agents = keys
    .filter((key) => !isWrapper(key))
    .map((key) => [key, new holder[key].constructor()] as const);
  for (const [key, agent] of agents) patches.set(globalThis, key, agent);
  if (agents.length === 0) return;
  for (const key of keys.filter(isWrapper))
    patches.set(globalThis, key, new holder[key].constructor(agents[0][1]));
}
