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
export declare class DatagramNetwork {
  private readonly bound;
  private readonly nextPort;
  /** A free port of `host`. Throws nothing: 28,232 sockets on one host are a mistake of another kind. */
  freePort(host: Host): number;
  /** Returns the code of what forbids it, or null. */
  bind(host: Host, mailbox: Mailbox, mayShare: boolean): 'EADDRINUSE' | null;
  unbind(host: Host, mailbox: Mailbox): void;
  /** A host has crashed: nobody is bound there any more. */
  forget(host: Host): void;
  /** Sends `bytes` on their way; nobody is told whether they arrive. */
  send(host: Host, from: Mailbox, bytes: Buffer, to: DatagramAddress): void;
}
