import { type Address, isUnixAddress } from '../core/index.ts';
import type { NetHost } from './context.ts';
import type { Dial } from './dial.ts';
import type { IdleTimer } from './idle-timer.ts';
import type { OpenHandle } from './open-handle.ts';
import type { SocketReader } from './socket-reader.ts';
import type { StreamHandle } from './stream-handle.ts';

/** What a socket keeps for itself; under a symbol, so that subclasses may use any name. */
export class SocketState {
  readonly host: NetHost;
  readonly reader: SocketReader;
  handle: StreamHandle | null = null;
  /** The connect under way; news of an earlier one is ignored. */
  dial: Dial | null = null;
  idleTimer: IdleTimer | null = null;
  /** The handle's counts, once it is closed. */
  bytesRead = 0;
  bytesWritten = 0;
  /** Written before the connection was established. */
  unsent: readonly Uint8Array[] = [];
  /** Bytes that waited in the handle when the idle timer last looked. */
  queueSizeBytes = 0;
  isResetting = false;
  isRef = true;
  noDelay = false;
  keepAlive = false;
  keepAliveSeconds = 0;
  typeOfService = 0;
  peer: AddressFields | null = null;
  local: AddressFields | null = null;
  openHandle: OpenHandle | null = null;

  constructor(host: NetHost, reader: SocketReader) {
    this.host = host;
    this.reader = reader;
  }

  /** What a server has set on the handle already. */
  rememberOptions(server: {
    readonly noDelay: boolean;
    readonly keepAlive: boolean;
    readonly keepAliveInitialDelay: number;
  }): void {
    this.noDelay = server.noDelay;
    this.keepAlive = server.keepAlive;
    if (server.keepAlive) this.keepAliveSeconds = server.keepAliveInitialDelay;
  }
}

export const STATE: unique symbol = Symbol('socket state');

/** An address in the form of `socket.address()`; empty for Unix-domain paths. */
export interface AddressFields {
  address?: string;
  family?: 'IPv4' | 'IPv6';
  port?: number;
}

export function addressFields(address: Address | null): AddressFields {
  if (address === null || isUnixAddress(address)) return {};
  return {
    address: address.host,
    family: address.host.includes(':') ? 'IPv6' : 'IPv4',
    port: address.port,
  };
}
