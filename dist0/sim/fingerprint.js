import { SimFile } from './files/files.js';
import { PipeEnd } from './files/pipe.js';
import { SimEndpoint } from './tcp/endpoint.js';
import { TryingEndpoint } from './tcp/trying-endpoint.js';
/** Whether every channel of these hosts can tell its program's state. */
export function haveFingerprints(hosts) {
  return hosts.every((host) => [...host.reactor.channels()].every((channel) => 'fingerprint' in channel));
}
/** Everything but the programs' own state. */
export function fingerprintNetwork(network, hosts) {
  const texts = [];
  for (const connection of network.made ?? []) {
    if (!connection.isOver) texts.push(`${connection.name}=${connection.stateText()}`);
  }
  if (texts.length > 1) texts.sort();
  for (const host of hosts) texts.push(host.stateText());
  texts.push(network.stateText());
  return texts.join('\n');
}
/** The connection's name and the end, or the listener's address. */
export function channelName(channel) {
  const { channelSource: source } = channel;
  if (source instanceof TryingEndpoint || source instanceof SimFile || source instanceof PipeEnd)
    return source.stateText();
  if (!(source instanceof SimEndpoint)) return source === null ? '-' : String(source.localAddress?.port);
  return `${source.in.connection.name}${source === source.in.connection.client ? 'c' : 's'}`;
}
export function channelText(channel) {
  const fingerprinted = channel;
  return `${channelName(channel)} ${fingerprinted.stateText()} ${fingerprinted.fingerprint?.() ?? ''}`;
}
/** Whether every listener of this reactor declares that its connections do not touch each other. */
export function declaresIndependence(reactor) {
  let isDeclared = false;
  for (let channel = reactor.firstChannel; channel !== null; channel = channel.nextChannel) {
    const { accepting, connectionsAreIndependent } = channel;
    if (accepting !== true) continue;
    if (connectionsAreIndependent !== true) return false;
    isDeclared = true;
  }
  return isDeclared;
}
