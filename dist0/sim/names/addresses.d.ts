import { type Address } from '../../core/address.ts';
/** What a listener is bound to. `host` is an address, never a name. */
export interface Binding {
  readonly address: Address;
  /** For `::` only: whether it leaves IPv4 out. */
  readonly isIpv6Only: boolean;
  /** Whether an IPv4 address was asked for in IPv6's form: everybody is shown in that form. */
  readonly isMapped: boolean;
}
/** Every address of IPv4, or of both. */
export declare const ANY_IPV4 = '0.0.0.0';
export declare const ANY_IPV6 = '::';
/** The address meant when a program names an unspecified one, or `localhost`, as a destination. */
export declare function loopbackFor(host: string): string | null;
export declare function isIpv6(host: string): boolean;
/** Upper and lower case are the same in names (RFC 4343). */
export declare function isLocalhost(name: string): boolean;
/** What TCP cannot speak to: a multicast group, or everybody (Linux: tcp_v4_connect, tcp_v6_connect: ENETUNREACH). */
export declare function isForMany(address: string): boolean;
/** Whether a connection to `asked` reaches this binding. */
export declare function covers(bound: Binding, asked: Address): boolean;
/** Whether both cannot be bound at once. */
export declare function conflicts(first: Binding, second: Binding): boolean;
export declare function isDualStack({ address, isIpv6Only }: Binding): boolean;
/** Whether whoever is accepted there sees IPv4 addresses in IPv6's form. */
export declare function showsMapped(bound: Binding): boolean;
/** `::ffff:10.0.0.1`: an IPv4 address as a dual-stack listener sees it (RFC 4291 section 2.5.5.2). */
export declare function mapToIpv6(address: Address): Address;
/** Whether this is an IPv4 address in IPv6's form, in its one text. */
export declare function isMappedText(host: string): boolean;
/** The IPv4 address within `::ffff:10.0.0.1`; others as they are. */
export declare function unmap(host: string): string;
/** Whether this is an address, and so no name to resolve. */
export declare function isNumeric(host: string): boolean;
/** The address in 10.0.0.0/8 of the host with this number; the same text each time, as a search asks a million times. */
export declare function defaultAddress(number: number): string;
/** An address as an error tells it. */
export declare function describeTarget(address: Address): {
  address?: string;
  port?: number;
  path?: string;
};
