// dns.lookup over a transport's own names, with Node's checks and errors.
import { ADDRCONFIG, ALL, V4MAPPED } from 'node:dns';
import { isIP } from 'node:net';
import { checkBoolean, checkFunction, checkNumber } from './arguments.js';
import { invalidArgType, invalidArgValue, lookupError } from './node-errors.js';
import { asTask } from './task.js';
/** `dns.lookup(hostname, [options], callback)` answered by `host`'s transport; throws on arguments that dns.lookup refuses. */
export function createLookup(host, openHandles) {
  return (hostname, options, callback) => {
    const settings = typeof options === 'function' ? {} : options;
    const done = typeof options === 'function' ? options : callback;
    const query = checkQuery(hostname, settings, done);
    const machine = host();
    const pending = new PendingLookup(hostname, machine.clock);
    openHandles.add(pending);
    resolve(machine, hostname, query.family, (error, found) => {
      openHandles.delete(pending);
      if (error !== null) done(error);
      else if (query.all) done(null, found);
      else if (!hostname) done(null, null, query.family === 6 ? 6 : 4);
      else if (found.length === 0) done(lookupError('ENOTFOUND', hostname));
      else done(null, found[0].address, found[0].family);
    });
  };
}
/** A process waits for its lookups. */
class PendingLookup {
  constructor(hostname, clock) {
    this.kind = 'lookup';
    this.origin = undefined;
    this.keepsAlive = true;
    this.hostname = hostname;
    this.clock = clock;
  }
  describe() {
    return `lookup of ${this.hostname}`;
  }
  /** An answer comes, or nothing more does. */
  dispose() {}
}
function checkQuery(hostname, options, callback) {
  if (hostname && typeof hostname !== 'string') throw invalidArgType('hostname', 'of type string', hostname);
  checkFunction(callback, 'callback');
  if (typeof options === 'number') return { family: checkFamily(options), all: false };
  if (options === undefined || options === null) return { family: 0, all: false };
  if (typeof options !== 'object') throw invalidArgType('options', 'one of type integer or object', options);
  const { family, hints, all } = options;
  if (hints !== undefined && hints !== null) checkHints(checkNumber(hints, 'options.hints'));
  if (all !== undefined && all !== null) checkBoolean(all, 'options.all');
  return {
    family: family === undefined || family === null ? 0 : checkFamily(family, 'options.family'),
    all: all === true,
  };
}
function checkFamily(family, name = 'family') {
  if (family === 0 || family === 4 || family === 6) return family;
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  throw invalidArgValue(name, family, 'must be one of: 0, 4, 6');
}
function checkHints(hints) {
  if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw invalidArgValue('hints', hints);
}
function resolve(host, hostname, family, answer) {
  const literal = isIP(hostname);
  if (literal !== 0 || !hostname) {
    const found = literal === 0 ? [] : [{ address: hostname, family: literal }];
    process.nextTick(answer, null, found);
    return;
  }
  const { transport } = host;
  if (transport.resolve === undefined) {
    process.nextTick(answer, lookupError('ENOTFOUND', hostname), []);
    return;
  }
  const answerSoon = asTask('GETADDRINFOREQWRAP', answer);
  transport.resolve(hostname, family, (error, addresses) => {
    if (error !== null || addresses.length === 0)
      answerSoon(lookupError(error?.code ?? 'ENOTFOUND', hostname), []);
    else answerSoon(null, addresses.map(asLookupAddress));
  });
}
function asLookupAddress({ address, family }) {
  return { address, family };
}
