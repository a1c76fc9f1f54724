import { type BlockList } from 'node:net';
import type { Address, ConnectOptions, TransportError } from '../core/index.ts';
import type { Lookup, LookupOptions } from './lookup.ts';
import { type SystemError } from './node-errors.ts';
import type { FacadeSocket } from './socket.ts';
export interface DialOptions {
  port?: number | string;
  path?: string;
  host?: string;
  family?: LookupOptions['family'];
  hints?: number;
  lookup?: Lookup;
  localAddress?: string;
  localPort?: number;
  autoSelectFamily?: boolean;
  autoSelectFamilyAttemptTimeout?: number;
  blockList?: unknown;
}
/** One address to try. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
}
/** One call of `socket.connect`. */
export declare class Dial {
  readonly socket: FacadeSocket;
  readonly options: DialOptions;
  readonly blockList: BlockList | undefined;
  /** Whether the transport's own lookup is under way; a program's lookup keeps its own process alive, or not. */
  isResolving: boolean;
  private race;
  constructor(socket: FacadeSocket, options: DialOptions);
  /** Whether the socket still waits for this dial, and not for a later one, or none. */
  get isWanted(): boolean;
  start(): void;
  cancel(): void;
  fail(error: Error): void;
  failSoon(error: Error): void;
  /** Starts the handle on its way; `callback` is not called if the socket is destroyed first. */
  open(remote: Address, options: ConnectOptions, callback: (error: TransportError | null) => void): void;
  localEnd(): ConnectOptions;
  /** The error of an attempt at `target`, in Node's form. */
  errorOf(
    error: TransportError,
    target: {
      address: string;
      port?: number;
    },
  ): SystemError;
  private resolve;
  private useAddress;
  private useAddresses;
  private attempt;
  private finish;
}
