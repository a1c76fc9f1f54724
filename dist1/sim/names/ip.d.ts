export declare function isIpv4Text(text: string): boolean;
/** One text for each address: `::1` for `0:0::0001`. What is no IPv6 address comes back as it is. */
export declare function canonicalAddress(text: string): string;
/**
 * The address that getaddrinfo(3) reads without asking anybody, in its one text: also `127.1`, `0x7f.0.0.1` and `2130706433`, as
 * inet_aton(3) does. Null if `text` is a name.
 */
export declare function numericAddress(text: string): string | null;
/** `value` is a numeric address that a host can have; given back in its one text. Throws ArgumentError. */
export declare function checkNumericAddress(name: string, value: unknown): string;
