// What stands under a dgram.Socket in place of Node's native UDP handle: the same calls, on the simulated network. All that dgram itself
// checks, queues and tells is Node's own code. Calls answer as libuv does: 0 or more, or a negative errno.
import { AsyncResource } from 'node:async_hooks';
import { isIP } from 'node:net';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import type { Clock } from '../../../core/index.ts';
import type { NetContext, OpenHandle } from '../../../net/index.ts';
import type { Host } from '../../../sim/index.ts';
import { active } from '../active.ts';
import { callSite, captureStack, noteSite, ProgramError, type Site } from '../errors.ts';
import { type DatagramAddress, type DatagramNetwork, isForMany, type Mailbox } from './network.ts';

/** What the sockets of one installation share. */
export interface DatagramWorld {
  readonly network: DatagramNetwork;
  readonly context: NetContext;
  host(): Host;
  /** Is told each call that was refused. */
  onEscape(site: string): void;
}

/** Node's callback: a negative number is an error's. */
type OnMessage = (
  sizeBytes: number,
  handle: DatagramHandle,
  bytes: Buffer | undefined,
  from: object | undefined,
) => void;

/** UDP's own limit over IPv4: 65,535 bytes less both headers. */
const SIZE_BYTES_MAX = 65_507;

/** As Linux has them (net.core.rmem_default); what is asked for is doubled (socket(7), SO_RCVBUF). */
const BUFFER_SIZE_BYTES = 212_992;

/** libuv's flags of a bind that shares its port: UV_UDP_REUSEADDR and UV_UDP_REUSEPORT. */
const SHARING = 4 | 64;

const TTL_MAX = 255;

const INT_MAX = 0x7fffffff;

/** What joins and leaves groups, which the simulation has none of. */
const MULTICAST = [
  'addMembership',
  'addSourceSpecificMembership',
  'dropMembership',
  'dropSourceSpecificMembership',
] as const;

export class DatagramHandle implements Mailbox, OpenHandle {
  readonly kind = 'socket';
  readonly family: 4 | 6;
  local: DatagramAddress = { address: '', port: 0 };
  /** Set by dgram, for as long as the socket takes messages. */
  onmessage: OnMessage | null = null;
  private readonly world: DatagramWorld;
  /** Where it was made, until it is bound: then where that was asked for, as with servers. */
  private host: Host;
  private readonly owner: { close(): unknown };
  private resource = new AsyncResource('UDPWRAP', { requireManualDestroy: true });
  private readonly site: Site;
  private readonly bufferSizes = { receive: BUFFER_SIZE_BYTES, send: BUFFER_SIZE_BYTES };
  private state: 'new' | 'bound' | 'closed' = 'new';
  private peer: DatagramAddress | null = null;
  private isReceiving = false;
  private isRef = true;

  constructor(world: DatagramWorld, owner: { close(): unknown }, family: 4 | 6) {
    this.world = world;
    this.host = world.host();
    this.owner = owner;
    this.family = family;
    this.site = noteSite();
  }

  get fd(): number {
    return -1;
  }

  get clock(): Clock {
    return this.host.clock;
  }

  get keepsAlive(): boolean {
    return this.isRef && this.state === 'bound';
  }

  get origin(): string | undefined {
    return this.site.stack;
  }

  describe(): string {
    const { address, port } = this.local;
    return `datagram socket ${address}${port > 0 ? `:${port}` : ''}`.trim();
  }

  dispose(): void {
    if (this.state !== 'closed') this.owner.close();
  }

  /** dgram hands on what it was given for a port, which may be a callback. */
  bind(address: string, given: unknown, flags: number): number {
    const { network, context } = this.world;
    const port = Number(given) >>> 0;
    this.moveTo(this.world.host());
    this.local = { address, port: port === 0 ? network.freePort(this.host) : port };
    const refusal = network.bind(this.host, this, (flags & SHARING) !== 0);
    if (refusal !== null) return errnoOf(refusal);
    this.state = 'bound';
    context.openHandles.add(this);
    return 0;
  }

  connect(address: string, port: number): number {
    this.peer = { address, port };
    return 0;
  }

  disconnect(): number {
    this.peer = null;
    return 0;
  }

  /** `(request, list, count, [port, address], hasCallback)`. The size and 1 more: sent at once. */
  send(request: object, list: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
    // Made for the real network by dgram, and not used there.
    active.quiet?.disown(request);
    const bytes = Buffer.concat(list.map(toBytes));
    if (bytes.length > SIZE_BYTES_MAX) return errnoOf('EMSGSIZE');
    const target = typeof to[0] === 'number' ? { address: String(to[1]), port: to[0] } : this.peer;
    if (target === null) return errnoOf('EDESTADDRREQ');
    this.world.network.send(this.host, this, bytes, target);
    return bytes.length + 1;
  }

  recvStart(): number {
    this.isReceiving = true;
    return 0;
  }

  recvStop(): number {
    this.isReceiving = false;
    return 0;
  }

  close(callback?: () => void): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.isReceiving = false;
    this.world.network.unbind(this.host, this);
    this.world.context.openHandles.delete(this);
    this.resource.emitDestroy();
    if (callback !== undefined) process.nextTick(callback);
  }

  ref(): void {
    this.isRef = true;
  }

  unref(): void {
    this.isRef = false;
  }

  hasRef(): boolean {
    return this.isRef;
  }

  getAsyncId(): number {
    return this.resource.asyncId();
  }

  getsockname(out: object): number {
    return this.state === 'bound' ? fill(out, this.local) : errnoOf('EBADF');
  }

  getpeername(out: object): number {
    return this.peer === null ? errnoOf('ENOTCONN') : fill(out, this.peer);
  }

  /** The size in force, after setting it to `sizeBytes` if that is not 0. Undefined tells that `context` has an error. */
  bufferSize(sizeBytes: number, isReceive: boolean, context: object): number | undefined {
    const code = this.state !== 'bound' ? 'EBADF' : sizeBytes > INT_MAX ? 'EINVAL' : null;
    if (code !== null) {
      const syscall = isReceive ? 'uv_recv_buffer_size' : 'uv_send_buffer_size';
      const [, message] = getSystemErrorMap().get(errnoOf(code)) ?? [];
      Object.assign(context, { errno: errnoOf(code), code, message, syscall });
      return undefined;
    }
    const which = isReceive ? 'receive' : 'send';
    if (sizeBytes === 0) return this.bufferSizes[which];
    this.bufferSizes[which] = 2 * sizeBytes;
    return sizeBytes;
  }

  getSendQueueSize(): number {
    return 0;
  }

  getSendQueueCount(): number {
    return 0;
  }

  setBroadcast(): number {
    return this.whenBound();
  }

  setMulticastInterface(address: string): number {
    const [numeric] = address.split('%');
    return isIP(numeric) === this.family && !isForMany(numeric) ? this.whenBound() : errnoOf('EINVAL');
  }

  setMulticastLoopback(): number {
    return this.whenBound();
  }

  setMulticastTTL(ttl: number): number {
    return ttl >= 0 && ttl <= TTL_MAX ? this.whenBound() : errnoOf('EINVAL');
  }

  setTTL(ttl: number): number {
    return ttl >= 1 && ttl <= TTL_MAX ? this.whenBound() : errnoOf('EINVAL');
  }

  /** An open descriptor is the real network's. */
  open(): number {
    return errnoOf('ENOTSUP');
  }

  onDatagram(bytes: Buffer, from: DatagramAddress): void {
    if (this.peer !== null && (this.peer.port !== from.port || this.peer.address !== from.address)) return;
    const about = {};
    fill(about, from);
    this.tell(bytes.length, bytes, about);
  }

  onUnreachable(): void {
    if (this.peer !== null) this.tell(errnoOf('ECONNREFUSED'));
  }

  private tell(sizeBytes: number, bytes?: Buffer, from?: object): void {
    process.nextTick(() => {
      if (this.isReceiving)
        this.resource.runInAsyncScope(() => this.onmessage?.(sizeBytes, this, bytes, from));
    });
  }

  /** Its callbacks then run there, too. */
  private moveTo(host: Host): void {
    if (host === this.host) return;
    this.host = host;
    this.resource.emitDestroy();
    this.resource = new AsyncResource('UDPWRAP', { requireManualDestroy: true });
  }

  private whenBound(): number {
    return this.state === 'bound' ? 0 : errnoOf('EBADF');
  }

  static {
    const { prototype } = DatagramHandle;
    for (const name of MULTICAST)
      Object.defineProperty(prototype, name, {
        value(this: DatagramHandle) {
          refuse(this.world, `dgram.Socket.${name}()`);
        },
        configurable: true,
        writable: true,
      });
  }
}

function refuse(world: DatagramWorld, what: string): never {
  const site = `${what} called ${callSite(captureStack(refuse))}`;
  world.onEscape(site);
  throw new ProgramError('ERR_ESCAPED', `${site} would leave the simulation: it has no multicast`);
}

function fill(out: object, { address, port }: DatagramAddress): number {
  Object.assign(out, { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port });
  return 0;
}

function toBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function errnoOf(code: keyof typeof constants.errno): number {
  return -constants.errno[code];
}
