/** By the names that `dns.resolve` takes. */
export declare const TYPES: Readonly<Record<string, number>>;
/** One record of an answer; `value` is what `dns.resolveAny` gives but for `type`. */
export interface DnsRecord {
  readonly type: string;
  readonly ttl: number;
  readonly value: Record<string, unknown>;
}
export interface DnsAnswer {
  readonly id: number;
  /** 0 for success, 3 for a name that does not exist (RFC 1035, section 4.1.1). */
  readonly code: number;
  readonly records: readonly DnsRecord[];
}
export declare function encodeQuery(id: number, name: string, type: number): Buffer;
/** Null if `message` is no answer that can be read. */
export declare function decodeAnswer(message: Buffer): DnsAnswer | null;
