// The state of a simulation as text. Two runs at equal texts go on alike; connections are named for why they were
// made, not by number, so that runs that made them in another order can be equal.
import type { Channel } from '../core/channel.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Endpoint, Listener } from '../core/transport.ts';
import { SimFile } from './files/files.ts';
import { PipeEnd } from './files/pipe.ts';
import type { Host } from './host.ts';
import type { Network } from './network.ts';
import { SimEndpoint } from './tcp/endpoint.ts';
import { TryingEndpoint } from './tcp/trying-endpoint.ts';

/** A channel that says what of its program's state decides how it will behave. */
interface Fingerprinted {
  fingerprint(): string;
  stateText(): string;
  readonly channelSource: Endpoint | Listener | null;
}

/** Whether every channel of these hosts can tell its program's state. */
export function haveFingerprints(hosts: readonly Host[]): boolean {
  return hosts.every((host) => [...host.reactor.channels()].every((channel) => 'fingerprint' in channel));
}

/** Everything but the programs' own state. */
export function fingerprintNetwork(network: Network, hosts: readonly Host[]): string {
  const texts: string[] = [];
  for (const connection of network.made ?? []) {
    if (!connection.isOver) texts.push(`${connection.name}=${connection.stateText()}`);
  }
  if (texts.length > 1) texts.sort();
  for (const host of hosts) texts.push(host.stateText());
  texts.push(network.stateText());
  return texts.join('\n');
}

/** The connection's name and the end, or the listener's address. */
export function channelName(channel: Channel): string {
  const { channelSource: source } = channel as unknown as Fingerprinted;
  if (source instanceof TryingEndpoint || source instanceof SimFile || source instanceof PipeEnd)
    return source.stateText();
  if (!(source instanceof SimEndpoint))
    return source === null ? '-' : String((source.localAddress as { port?: number } | null)?.port);
  return `${source.in.connection.name}${source === source.in.connection.client ? 'c' : 's'}`;
}

export function channelText(channel: Channel): string {
  const fingerprinted = channel as unknown as Fingerprinted;
  return `${channelName(channel)} ${fingerprinted.stateText()} ${fingerprinted.fingerprint?.() ?? ''}`;
}

/** Whether every listener of this reactor declares that its connections do not touch each other. */
export function declaresIndependence(reactor: Reactor): boolean {
  let isDeclared = false;
  for (let channel = reactor.firstChannel; channel !== null; channel = channel.nextChannel) {
    const { accepting, connectionsAreIndependent } = channel as {
      accepting?: boolean;
      connectionsAreIndependent?: boolean;
    };
    if (accepting !== true) continue;
    if (connectionsAreIndependent !== true) return false;
    isDeclared = true;
  }
  return isDeclared;
}
