// What Node's http and undici keep outside of any socket: the Date header, and pools that live longer than a test.
import { real } from '../real-time.js';
import { http, https } from './node-http.js';

const DATE = '\r\nDate: ';
/** `Thu, 01 Jan 2026 00:00:00 GMT`: the header has one form (RFC 9110, section 5.6.7). */
const DATE_LENGTH = 29;
/** How far the header may be from real time and still be Node's own, not the program's. */
const CLOSE_MS = 5000;
/** Puts the Date header on virtual time, and gives the test agents and a fetch dispatcher of its own. */
export function patchHttp(patches) {
  const redate = makeRedate();
  patches.wrap(
    http.OutgoingMessage.prototype,
    '_storeHeader',
    (genuine) =>
      function (firstLine, headers) {
        genuine.call(this, firstLine, headers);
        if (this.sendDate) this._header = redate(this._header);
      },
  );
  for (const module of [http, https]) {
    const agent = new module.Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
    patches.set(module, 'globalAgent', agent);
  }
  patchDispatchers(patches);
}
/** Puts virtual time in place of the date that Node has written; both change only once in a second. */
function makeRedate() {
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
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      text = new Date().toUTCString();
    }
    return head.slice(0, at) + text + head.slice(at + DATE_LENGTH);
  };
}
/** undici keeps an agent in the global object and, from Node 26 on, a wrapper around it for older undicis. */
function patchDispatchers(patches) {
  const holder = globalThis;
  const keys = Object.getOwnPropertySymbols(holder).filter((key) =>
    key.description?.startsWith('undici.globalDispatcher.'),
  );
  const isWrapper = (key) => holder[key].constructor.length > 0;
  const agents = keys.filter((key) => !isWrapper(key)).map((key) => [key, new holder[key].constructor()]);
  for (const [key, agent] of agents) patches.set(globalThis, key, agent);
  if (agents.length === 0) return;
  for (const key of keys.filter(isWrapper))
    patches.set(globalThis, key, new holder[key].constructor(agents[0][1]));
}
