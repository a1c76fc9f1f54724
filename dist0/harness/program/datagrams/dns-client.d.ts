import { type DnsRecord } from './dns-message.ts';
import type { DatagramSocketClass } from './socket.ts';
export interface NameServer {
  readonly address: string;
  readonly port: number;
}
/** `127.0.0.1`, `127.0.0.1:5353`, `::1`, `[::1]:5353`. */
export declare function parseServer(text: string): NameServer;
/** Asks `servers` in turn. Rejects with the code of what they said, or `ETIMEOUT`. */
export declare function askServers(
  Socket: DatagramSocketClass,
  servers: readonly NameServer[],
  question: {
    readonly name: string;
    readonly type: string;
  },
): Promise<readonly DnsRecord[]>;
/** What the servers said; `code` as in node:dns. */
export declare class DnsError extends Error {
  readonly code: string;
  constructor(code: string);
}
/** The form in which `dns.resolve(name, type)` gives what was found. */
export declare function formatRecords(records: readonly DnsRecord[], type: string, hasTtl: boolean): unknown;
/** The name under which an address's names are found. */
export declare function reverseName(address: string): string;
