// Datagrams between simulated hosts: whole, in order of arrival, and lost where a segment would have to be sent again. Weather leaves
// them alone: it is about TCP.
import type { Host } from '../../../sim/index.ts';

export interface DatagramAddress {
  /** Numeric. */
  readonly address: string;
  readonly port: number;
}

/** What a bound socket gets. */
export interface Mailbox {
  readonly local: DatagramAddress;
  readonly family: 4 | 6;
  onDatagram(bytes: Buffer, from: DatagramAddress): void;
  /** Nobody was bound where a datagram sent from here has arrived (ICMP's "port unreachable"). */
  onUnreachable(to: DatagramAddress): void;
}

/** As Linux chooses them. */
const EPHEMERAL_PORT_MIN = 32768;
const EPHEMERAL_PORT_MAX = 60999;

const ANY = { 4: '0.0.0.0', 6: '::' } as const;

export class DatagramNetwork {
  private readonly bound = new Map<Host, Set<Mailbox>>();
  private readonly nextPort = new Map<Host, number>();

  /** A free port of `host`. Throws nothing: 28,232 sockets on one host are a mistake of another kind. */
  freePort(host: Host): number {
    let port = this.nextPort.get(host) ?? EPHEMERAL_PORT_MIN;
    const taken = new Set([...(this.bound.get(host) ?? [])].map(({ local }) => local.port));
    while (taken.has(port) && port < EPHEMERAL_PORT_MAX) port += 1;
    this.nextPort.set(host, port < EPHEMERAL_PORT_MAX ? port + 1 : EPHEMERAL_PORT_MIN);
    return port;
  }

  /** Returns the code of what forbids it, or null. */
  bind(host: Host, mailbox: Mailbox, mayShare: boolean): 'EADDRINUSE' | 'EADDRNOTAVAIL' | null {
    const { address } = mailbox.local;
    if (address !== ANY[mailbox.family] && !isOwn(host, address) && !isForMany(address))
      return 'EADDRNOTAVAIL';
    const boxes = this.bound.get(host) ?? new Set();
    const clashes = [...boxes].some(
      (other) =>
        other.local.port === mailbox.local.port &&
        (overlaps(other, mailbox.local.address) || overlaps(mailbox, other.local.address)),
    );
    if (clashes && !mayShare) return 'EADDRINUSE';
    this.bound.set(host, boxes.add(mailbox));
    return null;
  }

  unbind(host: Host, mailbox: Mailbox): void {
    this.bound.get(host)?.delete(mailbox);
  }

  /** A host has crashed: nobody is bound there any more. */
  forget(host: Host): void {
    this.bound.delete(host);
  }

  /** Sends `bytes` on their way; nobody is told whether they arrive. */
  send(host: Host, from: Mailbox, bytes: Buffer, to: DatagramAddress): void {
    const { network } = host;
    const target = isOwn(host, to.address) ? host : network.find(to.address);
    if (target === null) return;
    const link = network.linkBetween(host, target);
    const source = sourceOf(host, target, from, to);
    const delayMs =
      target === host ? 0 : link.arrivalMs(link.enqueue(host, bytes.length)) - network.schedule.nowMs;
    // On the receiver's clock: what is under way to a host that crashes is gone.
    target.clock.setTimer(delayMs, () => {
      if (target !== host && !link.isOpen) return;
      const boxes = [...(this.bound.get(target) ?? [])];
      const box = boxes.find((found) => found.local.port === to.port && overlaps(found, to.address));
      if (box !== undefined) box.onDatagram(bytes, source);
      else from.onUnreachable(to);
    });
  }
}

/** Whether an address is a group's, or everybody's: Linux lets anybody be bound to one. */
export function isForMany(address: string): boolean {
  return /^(?:22[4-9]|23\d)\.|^ff|^255\.255\.255\.255$/.test(address);
}

/** Whether what is sent to `address` reaches this socket. */
function overlaps({ local, family }: Mailbox, address: string): boolean {
  return (
    local.address === address || (local.address === ANY[family] && address.includes(':') === (family === 6))
  );
}

function isOwn(host: Host, address: string): boolean {
  return address.startsWith('127.') || address === '::1' || host.addresses.includes(address);
}

function sourceOf(host: Host, target: Host, { local }: Mailbox, to: DatagramAddress): DatagramAddress {
  if (local.address !== ANY[4] && local.address !== ANY[6]) return local;
  const address = target === host ? to.address : (host.sourceFor(to.address) ?? local.address);
  return { address, port: local.port };
}
