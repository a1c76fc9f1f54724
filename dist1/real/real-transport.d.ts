import { type Address } from '../core/address.ts';
import { TransportError } from '../core/errors.ts';
import type {
  ConnectOptions,
  Endpoint,
  Listener,
  ListenOptions,
  OpenFileOptions,
  ResolvedAddress,
  Transport,
} from '../core/transport.ts';
import { RealDriver } from './driver.ts';
export interface RealTransportOptions {
  /** Told of each I/O event, so that turns run within it. Default: one of its own. */
  readonly driver?: RealDriver;
  /** Whether received views are overwritten after the turn, which finds programs that keep them. Default false. */
  readonly poisonsViews?: boolean;
  /**
   * Whether accepted connections are read into large re-used buffers, which leans on a private field of node:net.
   * Default true, and false by itself where that field is missing. A program sees no difference but speed.
   */
  readonly usesHandles?: boolean;
}
/** The transport interface over this machine's sockets and files. */
export declare class RealTransport implements Transport {
  private readonly context;
  constructor(options?: RealTransportOptions);
  connect(remote: Address, options?: ConnectOptions): Endpoint;
  listen(local: Address, options?: ListenOptions): Listener;
  openFile(file: string | number, options?: OpenFileOptions): Endpoint;
  resolve(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void;
  private admit;
}
