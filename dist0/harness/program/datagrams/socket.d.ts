import { EventEmitter } from 'node:events';
import type { NetContext } from '../../../net/index.ts';
import type { Host } from '../../../sim/index.ts';
import type { DatagramAddress, DatagramNetwork, Mailbox } from './network.ts';
/** What the sockets of one installation share. */
export interface DatagramWorld {
  readonly network: DatagramNetwork;
  readonly context: NetContext;
  host(): Host;
  /** Is told each call that was refused. */
  onEscape(site: string): void;
}
interface Options {
  readonly type: 'udp4' | 'udp6';
  readonly reuseAddr?: boolean;
  readonly reusePort?: boolean;
  readonly signal?: AbortSignal;
  readonly lookup?: Lookup;
}
type Lookup = (
  hostname: string,
  family: 4 | 6,
  callback: (error: Error | null, address: string) => void,
) => void;
type Callback = (...values: unknown[]) => void;
/** What sets an option of the system's socket, and changes nothing here. */
export declare const OPTION_SETTERS: readonly [
  'setBroadcast',
  'setMulticastInterface',
  'setMulticastLoopback',
  'setMulticastTTL',
  'setRecvBufferSize',
  'setSendBufferSize',
  'setTTL',
];
/** What joins and leaves groups, which the simulation has none of. */
export declare const MULTICAST: readonly [
  'addMembership',
  'addSourceSpecificMembership',
  'dropMembership',
  'dropSourceSpecificMembership',
];
export type DatagramSocketClass = new (options: Options | string, onMessage?: Callback) => EventEmitter;
/** Lives on the simulation that is installed when it is made. */
export declare class DatagramSocket extends EventEmitter implements Mailbox {
  readonly type: 'udp4' | 'udp6';
  readonly family: 4 | 6;
  local: DatagramAddress;
  private readonly world;
  private readonly host;
  private readonly resource;
  private readonly lookup;
  private readonly mayShare;
  private state;
  private peer;
  private isRef;
  private readonly site;
  constructor(given: Options | string, onMessage?: Callback);
  bind(...args: unknown[]): this;
  /** `send(msg, [offset, length], [port], [address], [callback])` */
  send(...args: unknown[]): void;
  connect(port: unknown, ...rest: unknown[]): void;
  disconnect(): void;
  remoteAddress(): object;
  address(): object;
  close(callback?: Callback): this;
  [Symbol.asyncDispose](): Promise<void>;
  ref(): this;
  unref(): this;
  getRecvBufferSize(): number;
  getSendBufferSize(): number;
  getSendQueueSize(): number;
  getSendQueueCount(): number;
  onDatagram(bytes: Buffer, from: DatagramAddress): void;
  onUnreachable(): void;
  private readonly handle;
  private bindTo;
  private resolve;
  private whenBound;
  private fail;
  private later;
  private expectOpen;
}
