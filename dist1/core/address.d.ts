/** A TCP address. `host` is an IPv4 or IPv6 address, or a name; names are resolved anew for each connection. */
export interface InternetAddress {
  readonly host: string;
  /** 0 to 65535, both included; 0 asks for a free port where one listens. */
  readonly port: number;
}
/** A Unix-domain socket path. */
export interface UnixAddress {
  readonly path: string;
}
export type Address = InternetAddress | UnixAddress;
export declare function isUnixAddress(address: Address): address is UnixAddress;
/** Throws ArgumentError unless `value` is an address; `name` is the argument's name in the message. */
export declare function checkAddress(name: string, value: unknown): Address;
/** `127.0.0.1:80`, `[::1]:80`, or the path. */
export declare function formatAddress(address: Address): string;
