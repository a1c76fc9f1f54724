// Which addresses a listening socket covers, as Linux has it: IPv4 and IPv6 apart, but for the dual-stack `::`.
import { isUnixAddress } from '../../core/address.js';
import { isIpv4Text } from './ip.js';
/** Every address of IPv4, or of both. */
export const ANY_IPV4 = '0.0.0.0';
export const ANY_IPV6 = '::';
/** The address meant when a program names an unspecified one, or `localhost`, as a destination. */
export function loopbackFor(host) {
  if (host === ANY_IPV4 || isLocalhost(host)) return '127.0.0.1';
  if (host === ANY_IPV6) return '::1';
  if (host === '127.0.0.1' || host === '::1') return host;
  // All of 127.0.0.0/8 is the machine itself (RFC 1122, section 3.2.1.3).
  return host.startsWith('127.') && isIpv4Text(host) ? host : null;
}
export function isIpv6(host) {
  return host.includes(':');
}
/** Upper and lower case are the same in names (RFC 4343). */
export function isLocalhost(name) {
  return name.length === 9 && name.toLowerCase() === 'localhost';
}
/** What TCP cannot speak to: a multicast group, or everybody (Linux: tcp_v4_connect, tcp_v6_connect: ENETUNREACH). */
export function isForMany(address) {
  if (isIpv6(address)) return address.startsWith('ff');
  const first = Number.parseInt(address, 10);
  return (first >= 224 && first < 240) || address === '255.255.255.255' || address === '127.255.255.255';
}
/** Whether a connection to `asked` reaches this binding. */
export function covers(bound, asked) {
  const { address } = bound;
  if (isUnixAddress(address) || isUnixAddress(asked))
    return isUnixAddress(address) && isUnixAddress(asked) && address.path === asked.path;
  if (address.port !== asked.port) return false;
  if (address.host === asked.host) return true;
  if (isIpv6(asked.host)) return address.host === ANY_IPV6;
  return address.host === ANY_IPV4 || isDualStack(bound);
}
/** Whether both cannot be bound at once. */
export function conflicts(first, second) {
  return covers(first, second.address) || covers(second, first.address) || bothTakeAll(first, second);
}
/** `0.0.0.0` and a dual-stack `::` take the same IPv4 connections. */
function bothTakeAll(first, second) {
  if (isUnixAddress(first.address) || isUnixAddress(second.address)) return false;
  return first.address.port === second.address.port && takesAllIpv4(first) && takesAllIpv4(second);
}
function takesAllIpv4(bound) {
  return isDualStack(bound) || (!isUnixAddress(bound.address) && bound.address.host === ANY_IPV4);
}
export function isDualStack({ address, isIpv6Only }) {
  return !isUnixAddress(address) && address.host === ANY_IPV6 && !isIpv6Only;
}
/** Whether whoever is accepted there sees IPv4 addresses in IPv6's form. */
export function showsMapped(bound) {
  return bound.isMapped || isDualStack(bound);
}
/** `::ffff:10.0.0.1`: an IPv4 address as a dual-stack listener sees it (RFC 4291 section 2.5.5.2). */
export function mapToIpv6(address) {
  if (isUnixAddress(address) || isIpv6(address.host)) return address;
  return { host: `::ffff:${address.host}`, port: address.port };
}
/** Whether this is an IPv4 address in IPv6's form, in its one text. */
export function isMappedText(host) {
  return host.startsWith('::ffff:') && host.includes('.');
}
/** The IPv4 address within `::ffff:10.0.0.1`; others as they are. */
export function unmap(host) {
  return isMappedText(host) ? host.slice('::ffff:'.length) : host;
}
/** Whether this is an address, and so no name to resolve. */
export function isNumeric(host) {
  return /^[\d.]+$|:/.test(host);
}
const defaults = [];
/** The address in 10.0.0.0/8 of the host with this number; the same text each time, as a search asks a million times. */
export function defaultAddress(number) {
  if (number >= 65536) return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  defaults[number] ??= `10.0.${number >> 8}.${number & 255}`;
  return defaults[number];
}
/** An address as an error tells it. */
export function describeTarget(address) {
  return 'path' in address ? { path: address.path } : { address: address.host, port: address.port };
}
