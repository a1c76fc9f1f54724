// What a host's kernel says to bind(2) and listen(2): which address is meant, whose it is, and what forbids it.
import { type Address, type InternetAddress, isUnixAddress } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import type { ListenOptions } from '../../core/transport.ts';
import { checkListenOptions } from '../../core/transport-options.ts';
import type { Host } from '../host.ts';
import {
  ANY_IPV4,
  ANY_IPV6,
  type Binding,
  conflicts,
  isIpv6,
  isMappedText,
  isNumeric,
  loopbackFor,
  unmap,
} from '../names/addresses.ts';
import { canonicalAddress, numericAddress } from '../names/ip.ts';
import { SimListener } from './listener.ts';
import { SocketPaths } from './socket-paths.ts';

const MANY = 64;

/** Binds and listens; whether that worked is told from the event loop. */
export function openListener(host: Host, local: Address, options: ListenOptions): SimListener {
  checkListenOptions(options);
  const { backlog = 511 } = options;
  let address = bindingAddress(host, local);
  if (!isUnixAddress(address) && address.port === 0)
    address = { host: address.host, port: host.ports.take() };
  const isMapped = !isUnixAddress(local) && isIpv6(local.host) && isMappedText(canonicalAddress(local.host));
  const bound = { address, isIpv6Only: options.ipv6Only === true, isMapped };
  const failure = whyNotListen(host, { local, bound }, options);
  const listener = new SimListener(host, bound, backlog);
  listener.isBound = failure === null;
  if (listener.isBound) hold(host, listener, options.isPathPlaced === true);
  host.bindingsToCome += 1;
  host.clock.setTimer(0, () => {
    host.bindingsToCome -= 1;
    if (failure === null) listener.onBound();
    else listener.onFailure(failure);
  });
  return listener;
}

function hold(host: Host, listener: SimListener, isPathPlaced: boolean): void {
  host.listeners.push(listener);
  if (isUnixAddress(listener.address)) host.paths?.add(listener.address.path, listener, isPathPlaced);
}

/** The host that this name or address means on `host`, or null. */
export function resolveHost(host: Host, name: string): Host | null {
  if (loopbackFor(name) !== null) return host;
  const found = host.network.find(name);
  if (found !== null) return found;
  const plain = plainAddress(name);
  return loopbackFor(plain) === null ? host.network.find(plain) : host;
}

/** An address in its one text, IPv4 also where it was given in IPv6's form; a name as it is. */
function plainAddress(text: string): string {
  return unmap(numericAddress(text) ?? text);
}

/** The code of what forbids a connection to come from `local`, or null. */
export function whyNotBind(host: Host, local: InternetAddress): string | null {
  const isAny = local.host === ANY_IPV4 || local.host === ANY_IPV6;
  if (!isAny && resolveHost(host, local.host) !== host) return 'EADDRNOTAVAIL';
  if (local.port === 0) return null;
  if (host.limited?.isReserved(local.port) === true) return 'EACCES';
  const bound = { address: local, isIpv6Only: false, isMapped: false };
  const isTaken = host.listeners.some((listener) => conflicts(listener.bound, bound));
  return isTaken || isSpokenFrom(host, bound) ? 'EADDRINUSE' : null;
}

/**
 * Whether a connection has a port there that it was given, not bound to: without SO_REUSEADDR nobody else can have that (socket(7)).
 * libuv sets it for whatever binds.
 */
function isSpokenFrom(host: Host, bound: Binding): boolean {
  // Most of many connections have other ports: they are not looked at.
  if (host.openEndpoints.size > MANY && !host.openEndpoints.hasPort((bound.address as InternetAddress).port))
    return false;
  for (const endpoint of host.openEndpoints) {
    const address = endpoint.givenAddress;
    if (address !== null && conflicts(bound, { address, isIpv6Only: false, isMapped: false })) return true;
  }
  return false;
}

/** Names become addresses when they are bound. */
function bindingAddress(host: Host, local: Address): Address {
  if (isUnixAddress(local) || local.host === ANY_IPV4 || local.host === ANY_IPV6) return local;
  const known = loopbackFor(local.host);
  if (known !== null) return { host: known, port: local.port };
  const owner = host.network.find(local.host);
  if (owner !== null && owner.name === local.host) return { host: owner.address, port: local.port };
  const plain = plainAddress(local.host);
  return { host: plain === ANY_IPV4 ? plain : (loopbackFor(plain) ?? plain), port: local.port };
}

function whyNotListen(
  host: Host,
  { local, bound }: { readonly local: Address; readonly bound: Binding },
  options: ListenOptions,
): TransportError | null {
  const exhausted = host.limited?.whyNoSocket() ?? null;
  if (isUnixAddress(local)) {
    const code = exhausted ?? whyNotListenOn(host, local.path, options.isPathPlaced === true);
    return code === null ? null : new TransportError(code, { syscall: 'listen', path: local.path });
  }
  const target = { syscall: 'listen', address: local.host, port: local.port };
  if (exhausted !== null) return new TransportError(exhausted, target);
  const owner = resolveHost(host, local.host);
  if (owner === null && !isNumeric(local.host))
    return new TransportError('ENOTFOUND', { syscall: 'getaddrinfo', address: local.host });
  if (owner !== host) return new TransportError('EADDRNOTAVAIL', target);
  if (host.limited?.isReserved(local.port) === true) return new TransportError('EACCES', target);
  const isTaken =
    (bound.address as InternetAddress).port === 0 ||
    host.listeners.some((listener) => conflicts(listener.bound, bound)) ||
    isSpokenFrom(host, bound);
  return isTaken ? new TransportError('EADDRINUSE', target) : null;
}

function whyNotListenOn(host: Host, path: string, isPlaced: boolean): string | null {
  host.paths ??= new SocketPaths(host);
  return host.paths.whyNotListen(path, isPlaced);
}
