// Numeric addresses as text (RFC 4291 section 2.2, RFC 5952), without node:net.
import { show } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';

const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
export function isIpv4Text(text) {
  return IPV4.test(text);
}
/** The eight groups of an IPv6 address, or null if it is none. */
function groupsOf(text) {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const parts = [];
  for (const [index, half] of halves.entries()) {
    const groups = half === '' ? [] : parseGroups(half.split(':'), index === halves.length - 1);
    if (groups === null) return null;
    parts.push(groups);
  }
  const count = parts.reduce((sum, groups) => sum + groups.length, 0);
  if (halves.length === 1) return count === 8 ? parts[0] : null;
  return count > 7 ? null : [...parts[0], ...new Array(8 - count).fill(0), ...parts[1]];
}
function parseGroups(texts, mayEndInIpv4) {
  const groups = [];
  for (const [index, text] of texts.entries()) {
    if (mayEndInIpv4 && index === texts.length - 1 && isIpv4Text(text)) {
      const [a, b, c, d] = text.split('.').map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[\da-f]{1,4}$/i.test(text)) groups.push(Number.parseInt(text, 16));
    else return null;
  }
  return groups;
}
/** One text for each address: `::1` for `0:0::0001`. What is no IPv6 address comes back as it is. */
export function canonicalAddress(text) {
  if (!text.includes(':')) return text;
  const groups = groupsOf(text);
  if (groups === null) return text;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${groups[6] >> 8}.${groups[6] & 255}.${groups[7] >> 8}.${groups[7] & 255}`;
  const run = longestZeroes(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.count < 2) return hex.join(':');
  return `${hex.slice(0, run.from).join(':')}::${hex.slice(run.from + run.count).join(':')}`;
}
function longestZeroes(groups) {
  let best = { from: 0, count: 0 };
  for (let from = 0; from < groups.length; from += 1) {
    let count = 0;
    while (from + count < groups.length && groups[from + count] === 0) count += 1;
    if (count > best.count) best = { from, count };
  }
  return best;
}
/**
 * The address that getaddrinfo(3) reads without asking anybody, in its one text: also `127.1`, `0x7f.0.0.1` and `2130706433`, as
 * inet_aton(3) does. Null if `text` is a name.
 */
export function numericAddress(text) {
  if (isIpv4Text(text)) return text;
  if (text.includes(':')) return groupsOf(text) === null ? null : canonicalAddress(text);
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return null;
  const numbers = parts.map((part) => Number(/^0\d/.test(part) ? `0o${part.slice(1)}` : part));
  const last = numbers.pop();
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return null;
  for (let place = 3 - numbers.length; place >= 0; place -= 1)
    numbers.push(Math.floor(last / 256 ** place) % 256);
  return numbers.join('.');
}
/** `value` is a numeric address that a host can have; given back in its one text. Throws ArgumentError. */
export function checkNumericAddress(name, value) {
  if (typeof value === 'string') {
    if (isIpv4Text(value)) return value;
    if (value.includes(':') && groupsOf(value) !== null) return canonicalAddress(value);
  }
  throw new ArgumentError(
    typeof value === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE',
    `${name} must be an IPv4 or IPv6 address, got ${show(value)}`,
  );
}
