// What a host's kernel and its resolver make of a connect call: which addresses are meant, in which order they are tried,
// where the connection comes from, and what forbids it.
import { type Address, type InternetAddress, isUnixAddress, type UnixAddress } from '../../core/address.ts';
import { checkFunction, checkText } from '../../core/arguments.ts';
import { type ErrorTarget, TransportError } from '../../core/errors.ts';
import type { ConnectOptions, Endpoint, ResolvedAddress } from '../../core/transport.ts';
import { checkFamily } from '../../core/transport-options.ts';
import type { Host } from '../host.ts';
import {
  ANY_IPV4,
  ANY_IPV6,
  isForMany,
  isIpv6,
  isLocalhost,
  isMappedText,
  isNumeric,
  loopbackFor,
  unmap,
} from '../names/addresses.ts';
import { canonicalAddress, numericAddress } from '../names/ip.ts';
import { whyNotBind } from './binding.ts';
import { Connection } from './connection.ts';
import { SimEndpoint } from './endpoint.ts';
import { FailedEndpoint } from './failed-endpoint.ts';
import { SocketPaths } from './socket-paths.ts';
import { TryingEndpoint } from './trying-endpoint.ts';

/** No wish where a connection comes from. */
const NOWHERE: NonNullable<ConnectOptions['local']> = {};

/** Begins a connection of `host`. Whatever comes of it arrives as readiness. */
export function dial(host: Host, remote: Address, options: ConnectOptions): Endpoint {
  if (isUnixAddress(remote)) return dialPath(host, remote);
  const { network } = host;
  if (network.names === null && host.limited === null) {
    const target = network.find(remote.host);
    if (target !== null && target.moreAddresses === null && isPlainAsk(options))
      return connectTo(host, target, { host: target.address, port: remote.port }, NOWHERE);
  }
  return dialFound(host, remote, options);
}

/**
 * The addresses of a name on `host`, in the order in which to try them, or Node's code of why there are none. `localhost` is
 * 127.0.0.1, then ::1.
 */
export function lookUp(host: Host, name: string, family: 0 | 4 | 6): readonly string[] | string {
  const numeric = numericAddress(name);
  if (numeric !== null) return [numeric];
  if (isNumeric(name)) return name.includes(':') ? [name] : 'ENOTFOUND';
  const said = host.network.names?.lookup(name) ?? null;
  if (typeof said === 'string') return said;
  const all = said ?? (isLocalhost(name) ? LOCALHOST : host.network.find(name)?.addresses);
  const found = all?.filter((address) => family === 0 || isIpv6(address) === (family === 6)) ?? [];
  return found.length === 0 ? 'ENOTFOUND' : found;
}

const LOCALHOST: readonly string[] = ['127.0.0.1', '::1'];

/** `Transport.resolve` of `host`. */
export function resolveOn(
  host: Host,
  query: { readonly name: string; readonly family: 0 | 4 | 6 },
  callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
): void {
  const { name, family } = query;
  checkText('name', name);
  checkFamily(family);
  checkFunction('callback', callback);
  const found = lookUp(host, name, family);
  host.clock.setTimer(0, () => {
    if (typeof found === 'string')
      callback(new TransportError(found, { syscall: 'getaddrinfo', address: name }), []);
    else
      callback(
        null,
        found.map((address) => ({ address, family: isIpv6(address) ? 6 : 4 })),
      );
  });
}

/** An endpoint that fails with `code` before long. */
export function failingEndpoint(host: Host, code: string, target: ErrorTarget): Endpoint {
  const endpoint = new FailedEndpoint();
  host.clock.setTimer(0, () => endpoint.fail(new TransportError(code, target)));
  return endpoint;
}

function isPlainAsk(options: ConnectOptions): boolean {
  return options.local === undefined && (options.family ?? 0) !== 6;
}

function dialFound(host: Host, remote: InternetAddress, options: ConnectOptions): Endpoint {
  const found = lookUp(host, remote.host, options.family ?? 0);
  if (typeof found === 'string')
    return failingEndpoint(host, found, { syscall: 'getaddrinfo', address: remote.host });
  const attempt = (address: string): Endpoint =>
    dialNumeric(host, { host: address, port: remote.port }, options.local ?? NOWHERE);
  // Whoever asks for a family, or binds, gets the first address alone, as in Node.
  const isRace = found.length > 1 && (options.family ?? 0) === 0 && options.local?.host === undefined;
  return isRace ? new TryingEndpoint(host, found, attempt) : attempt(found[0]);
}

function dialNumeric(
  host: Host,
  remote: InternetAddress,
  asked: NonNullable<ConnectOptions['local']>,
): Endpoint {
  const asIpv4 = unmap(remote.host);
  const loopback = loopbackFor(asIpv4);
  const plain = loopback ?? asIpv4;
  const target = loopback === null ? host.network.find(plain) : host;
  const about = { syscall: 'connect', address: remote.host, port: remote.port };
  const exhausted = host.limited?.whyNoSocket() ?? null;
  if (exhausted !== null) return failingEndpoint(host, exhausted, about);
  if (asked.host !== undefined && isIpv6(asked.host) !== isIpv6(remote.host))
    return failingEndpoint(host, 'EINVAL', { syscall: 'bind', address: asked.host, port: asked.port });
  if (isForMany(plain)) return failingEndpoint(host, 'ENETUNREACH', about);
  if (target === null)
    return failingEndpoint(host, host.sourceFor(plain) === null ? 'ENETUNREACH' : 'EHOSTUNREACH', about);
  const endpoint = connectTo(host, target, { host: canonicalAddress(plain), port: remote.port }, asked);
  // A socket of IPv6 speaks to IPv4 addresses in IPv6's form, and shows them so.
  if (isMappedText(remote.host) && endpoint instanceof SimEndpoint) endpoint.mapAddresses();
  return endpoint;
}

function connectTo(
  host: Host,
  target: Host,
  remote: InternetAddress,
  asked: NonNullable<ConnectOptions['local']>,
): Endpoint {
  const source = target === host ? ownSource(remote.host) : host.sourceFor(remote.host);
  const about = { syscall: 'connect', address: remote.host, port: remote.port };
  if (source === null && asked.host === undefined) return failingEndpoint(host, 'ENETUNREACH', about);
  const local = { host: asked.host === undefined ? source! : unmap(asked.host), port: asked.port ?? 0 };
  if (asked !== NOWHERE) {
    const any = isIpv6(remote.host) ? ANY_IPV6 : ANY_IPV4;
    const bound = { host: asked.host === undefined ? any : local.host, port: local.port };
    const failure = whyNotBind(host, bound);
    if (failure !== null)
      return failingEndpoint(host, failure, { syscall: 'bind', address: bound.host, port: bound.port });
    if (local.port !== 0 && isSpoken(host, local, remote))
      return failingEndpoint(host, 'EADDRNOTAVAIL', about);
  }
  if (local.port === 0) {
    local.port = host.ports.take();
    if (local.port === 0) return failingEndpoint(host, 'EADDRNOTAVAIL', about);
    const { client } = new Connection(host.network, host, target, local, remote);
    client.givenAddress = local;
    return client;
  }
  return new Connection(host.network, host, target, local, remote).client;
}

/** To itself a host speaks from the address spoken to; over all of IPv4's loopback from its first one, as Linux does. */
function ownSource(remote: string): string {
  return remote.startsWith('127.') ? '127.0.0.1' : remote;
}

function dialPath(host: Host, remote: UnixAddress): Endpoint {
  host.paths ??= new SocketPaths(host);
  const found = host.limited?.whyNoSocket() ?? host.paths.find(remote.path);
  if (typeof found === 'string')
    return failingEndpoint(host, found, { syscall: 'connect', path: remote.path });
  return new Connection(host.network, host, host, remote as never, remote as never).client;
}

/** Whether a connection between these two is there already: two cannot be told apart (RFC 9293 section 3.3.1). */
function isSpoken(host: Host, local: InternetAddress, remote: InternetAddress): boolean {
  for (const endpoint of host.openEndpoints) if (endpoint.isBetween(local, remote)) return true;
  return false;
}
