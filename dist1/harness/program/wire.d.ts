import type { Transport } from '../../core/index.ts';
/** One send that the transport took. */
export interface Sent {
  readonly atMs: number;
  readonly host: string;
  readonly sizeBytes: number;
  /** FNV-1a of the bytes. */
  readonly hash: number;
}
/** A transport that notes what is sent through it. */
export declare function noteSends(transport: Transport, note: (bytes: Uint8Array) => void): Transport;
/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
export declare function hashBytes(bytes: Uint8Array): number;
