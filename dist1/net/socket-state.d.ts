import { type Address } from '../core/index.ts';
import type { NetHost } from './context.ts';
import type { Dial } from './dial.ts';
import type { IdleTimer } from './idle-timer.ts';
import type { OpenHandle } from './open-handle.ts';
import type { SocketReader } from './socket-reader.ts';
import type { StreamHandle } from './stream-handle.ts';
/** What a socket keeps for itself; under a symbol, so that subclasses may use any name. */
export declare class SocketState {
  readonly host: NetHost;
  readonly reader: SocketReader;
  handle: StreamHandle | null;
  /** The connect under way; news of an earlier one is ignored. */
  dial: Dial | null;
  idleTimer: IdleTimer | null;
  /** The handle's counts, once it is closed. */
  bytesRead: number;
  bytesWritten: number;
  /** Written before the connection was established. */
  unsent: readonly Uint8Array[];
  /** Bytes that waited in the handle when the idle timer last looked. */
  queueSizeBytes: number;
  isResetting: boolean;
  isRef: boolean;
  noDelay: boolean;
  keepAlive: boolean;
  keepAliveSeconds: number;
  peer: AddressFields | null;
  local: AddressFields | null;
  openHandle: OpenHandle | null;
  constructor(host: NetHost, reader: SocketReader);
  /** What a server has set on the handle already. */
  rememberOptions(server: {
    readonly noDelay: boolean;
    readonly keepAlive: boolean;
    readonly keepAliveInitialDelay: number;
  }): void;
}
export declare const STATE: unique symbol;
/** An address in the form of `socket.address()`; empty for Unix-domain paths. */
export interface AddressFields {
  address?: string;
  family?: 'IPv4' | 'IPv6';
  port?: number;
}
export declare function addressFields(address: Address | null): AddressFields;
