// What names mean on one network: the answer of getaddrinfo(3), without the wire. A host's own name needs no entry.
import { checkInteger, checkList, checkText } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { checkNumericAddress } from './ip.js';
/** Names with addresses of their own choosing, and names that cannot be resolved. */
export class Names {
  constructor(onChange) {
    this.entries = new Map();
    this.failures = new Map();
    this.onChange = onChange;
  }
  /** Gives `name` these addresses, in the order in which they are to be tried. None: the name is unknown. Replaces what it meant. */
  set(name, addresses) {
    checkText('name', name);
    checkList('addresses', addresses);
    const checked = addresses.map((address) => checkNumericAddress('addresses', address));
    this.entries.set(name.toLowerCase(), checked);
    this.onChange();
    return this;
  }
  /** Forgets what was said of `name`: a host of that name is found again. */
  delete(name) {
    checkText('name', name);
    this.entries.delete(name.toLowerCase());
    this.failures.delete(name.toLowerCase());
    this.onChange();
    return this;
  }
  /** Lets the next `count` lookups of `name` fail. Default: every one, until `delete`. */
  failNext(name, code, count = Number.POSITIVE_INFINITY) {
    checkText('name', name);
    if (code !== 'ENOTFOUND' && code !== 'EAI_AGAIN')
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `code must be ENOTFOUND or EAI_AGAIN, got ${String(code)}`,
      );
    if (count !== Number.POSITIVE_INFINITY) checkInteger('count', count, 1);
    this.failures.set(name.toLowerCase(), { code, count });
    this.onChange();
    return this;
  }
  /** @internal One lookup: addresses, why there are none, or null if nothing was said of this name. */
  lookup(name) {
    const key = name.toLowerCase();
    const failure = this.failures.get(key);
    if (failure !== undefined && failure.count > 0) {
      failure.count -= 1;
      return failure.code;
    }
    const addresses = this.entries.get(key);
    if (addresses === undefined) return null;
    return addresses.length === 0 ? 'ENOTFOUND' : addresses;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    let text = '';
    for (const [name, addresses] of this.entries) text += ` ${name}=${addresses.join()}`;
    for (const [name, { code, count }] of this.failures) if (count > 0) text += ` ${name}!${code}${count}`;
    return text;
  }
}
