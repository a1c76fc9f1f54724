// One end of a simulated connection, as a program sees it.
import { type Address, type InternetAddress, isUnixAddress } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import {
  END_OF_STREAM,
  type Endpoint,
  type KeepAliveOptions,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../../core/transport.ts';
import { SHORT_READ, SHORT_SEND } from '../decisions/label.ts';
import type { Host } from '../host.ts';
import { describeTarget, mapToIpv6 } from '../names/addresses.ts';
import type { Direction } from './direction.ts';
import { Probing } from './probing.ts';
import { planPace, type ReadLimit, type ReadPace } from './read-pace.ts';
import { noteShortRead, noteShortSend } from './short.ts';

const { READABLE, WRITABLE, FAILED, OPEN, URGENT, BROKEN } = Readiness;
const MAY_SEND_SHORT = 1 << SHORT_SEND.index;
const MAY_READ_SHORT = 1 << SHORT_READ.index;

export class SimEndpoint implements Endpoint {
  readiness = 0;
  watcher: Watcher | null = null;
  /** What it receives from, and sends into. */
  in!: Direction;
  out!: Direction;
  /** @internal Its place among what its host's programs hold. */ isHeld = false;
  /** @internal */ previousHeld: SimEndpoint | null = null;
  /** @internal */ nextHeld: SimEndpoint | null = null;
  private readonly host: Host;
  boundAddress: Address;
  private remote: Address;
  private isOpen = false;
  private isClosed = false;
  private hasEnded = false;
  private isEndReceived = false;
  private hasShutdown = false;
  private failure: TransportError | null = null;
  private isBroken = false;
  /** @internal Whether its host no longer knows of it. */ isForgotten = false;
  private urgent: number | null = null;
  /** @internal Where nobody else can be bound, as its port is one that the host gave it. */
  givenAddress: InternetAddress | null = null;
  /** What asks a silent peer, if anything ever has. */
  private probing: Probing | null = null;
  /** What rations its program, if a fault plan does. */
  private pace: ReadPace | null = null;

  constructor(host: Host, local: Address, remote: Address) {
    this.host = host;
    this.boundAddress = local;
    this.remote = remote;
  }

  /** @internal From now on it must be closed: a program has it, or will be handed it. */
  hold(): void {
    this.host.openEndpoints.add(this);
  }

  /** @internal */
  attach(incoming: Direction, outgoing: Direction): void {
    this.in = incoming;
    this.out = outgoing;
  }

  get localAddress(): Address | null {
    return this.isOpen && !isUnixAddress(this.boundAddress) ? this.boundAddress : null;
  }

  get remoteAddress(): Address | null {
    return this.isOpen ? this.remote : null;
  }

  get hostName(): string {
    return this.host.name;
  }

  /** @internal */
  get hasIndependentConnections(): boolean {
    return this.host.hasIndependentConnections;
  }

  recv(sizeBytes: number): Received {
    if (this.in.isDirty) this.host.lookAt(this.in);
    const { unread } = this.in;
    if (unread === 0) return this.pace?.isStopped === true ? WOULD_BLOCK : this.recvEnd();
    let size = Math.min(sizeBytes, unread, this.pace === null ? unread : this.pace.allow());
    if (size < 1) return sizeBytes < 1 ? new Uint8Array(0) : WOULD_BLOCK;
    const { network } = this.host;
    if (size > 1 && (network.mask & MAY_READ_SHORT) !== 0) {
      const fewer = network.decisions.decide(SHORT_READ, size, null, this.in);
      if (fewer !== 0) noteShortRead(this.in, size - fewer, size);
      size -= fewer;
    }
    this.host.noteViewed(this.in.buffer);
    const view = this.in.buffer.take(size);
    network.effects += 1;
    if (this.in.unread === 0) this.onDrained();
    if (this.pace?.take(size, this.in.unread) === true) this.readiness &= ~READABLE;
    if (this.in.flow !== null) this.in.flow.onRead();
    else if (this.in.isBlocked) this.in.openWindow(this.isBroken);
    return view;
  }

  send(data: Uint8Array): number {
    // A Unix-domain socket knows at once (unix(7)), also of a send of nothing.
    if (this.peer.isClosed && this.isOpen && isUnixAddress(this.boundAddress)) this.onReset('EPIPE');
    if ((this.readiness & WRITABLE) === 0) return 0;
    const { network } = this.host;
    const { buffer, flow } = this.out;
    const space = flow === null ? network.windowBytes - (buffer.written - buffer.read) : flow.space;
    let size = Math.min(data.length, space);
    if (size < 1) return 0;
    if (size > 1 && (network.mask & MAY_SEND_SHORT) !== 0) {
      const fewer = network.decisions.decide(SHORT_SEND, size, null, this.out);
      if (fewer !== 0) noteShortSend(this.out, size - fewer, size, data);
      size -= fewer;
    }
    buffer.write(data, size);
    network.effects += 1;
    if (size === space) {
      this.readiness &= ~WRITABLE;
      this.out.isBlocked = true;
    }
    if (flow === null) this.out.send('data', buffer.written);
    else flow.transmit();
    return size;
  }

  shutdownWrite(): void {
    if (this.hasShutdown || this.isClosed) return;
    this.hasShutdown = true;
    this.readiness &= ~WRITABLE;
    this.host.network.effects += 1;
    if (!this.isBroken && this.isOpen) this.out.end();
  }

  close(): void {
    if (this.isClosed) return;
    if (this.in.unread > 0 && !this.isBroken) {
      this.abort();
      return;
    }
    const mustEnd = this.isOpen && !this.isBroken && !this.hasShutdown;
    this.release();
    if (mustEnd) this.out.end();
  }

  abort(): void {
    if (this.isClosed) return;
    const mustReset = this.isOpen && !this.isBroken;
    this.release();
    if (!mustReset) return;
    // What has left arrives before the reset, as everything that was sent before; what has not is gone (RFC 9293 section 3.10.5).
    this.out.flow?.abandon();
    this.out.send('rst', 0, 'ECONNRESET');
  }

  takeError(): TransportError | null {
    const error = this.failure;
    if (error === null || (this.readiness & (FAILED | BROKEN)) === 0) return null;
    this.failure = null;
    this.readiness &= ~(FAILED | BROKEN);
    return error;
  }

  sendUrgent(byte: number): void {
    if (this.isOpen && !this.isBroken && !this.isClosed) this.peer.onUrgent(byte);
  }

  takeUrgent(): number | null {
    const { urgent } = this;
    this.urgent = null;
    this.readiness &= ~URGENT;
    return urgent;
  }

  setKeepAlive(options: KeepAliveOptions | null): void {
    this.probing ??= new Probing(this, this.host.network);
    this.probing.keepAlive(options);
  }

  /** As `limitReading` of a host, for this connection alone. */
  limitReading(limit: ReadLimit | null): void {
    this.pace?.stop();
    this.pace = planPace(this, this.host.network, limit);
    this.readiness &= ~READABLE;
    if (this.in.unread > 0 || (this.hasEnded && !this.isEndReceived)) this.offer();
  }

  /** @internal Tells the program what it can receive, if its pace allows that. */
  offer(): void {
    if (this.isClosed || this.pace?.holdsBack(this.in.unread) === true) return;
    this.readiness |= READABLE;
    this.notify();
  }

  setNoDelay(isOn: boolean): void {
    this.out.flow?.setNoDelay(isOn);
  }

  /** @internal Whether it can send and receive. */
  get isLive(): boolean {
    return this.isOpen && !this.isClosed && !this.isBroken;
  }

  /** @internal Its peer may have become silent, or may speak again. */
  noteSilence(): void {
    if (this.awaitsWindow) this.probing ??= new Probing(this, this.host.network);
    this.probing?.update();
  }

  /** @internal A question has arrived: who does not know of the connection answers with a reset, as to anything. */
  onProbe(): void {
    if (this.isForgotten) this.out.send('rst', 0, 'ECONNRESET');
  }

  /** @internal */
  get localPort(): number {
    return isUnixAddress(this.boundAddress) ? 0 : this.boundAddress.port;
  }

  /** @internal Whether it is the end at `local` of a connection to `remote`. */
  isBetween(local: InternetAddress, remote: InternetAddress): boolean {
    const { boundAddress: own, remote: other } = this;
    if (isUnixAddress(own) || isUnixAddress(other) || own.port !== local.port || own.host !== local.host)
      return false;
    return other.port === remote.port && other.host === remote.host;
  }

  /** @internal A dual-stack listener sees IPv4 peers as IPv6. */
  mapAddresses(): void {
    this.boundAddress = mapToIpv6(this.boundAddress);
    this.remote = mapToIpv6(this.remote);
  }

  /** @internal The accepted end of a handshake. */
  open(): void {
    this.isOpen = true;
    if (this.host.readLimit !== null) this.limitReading(this.host.readLimit);
    this.probing?.update();
    this.readiness |= OPEN | WRITABLE;
  }

  /** @internal The connecting end: the peer has answered. */
  onOpen(): void {
    if (this.isClosed) this.out.send('rst', 0, 'ECONNRESET');
    if (this.isClosed || this.isBroken) return;
    this.open();
    this.out.send('ack');
    this.notify();
  }

  /** @internal Whether nobody is left to read: bytes that arrive are answered with a reset, and never become readable. */
  get refusesData(): boolean {
    return this.isClosed || this.in.connection.isCut;
  }

  /** @internal */
  refuseData(): void {
    this.in.dropButReset();
    this.out.send('rst', 0, this.in.connection.isCut ? 'EPIPE' : 'ECONNRESET');
  }

  /** @internal Bytes have been delivered. */
  onData(): void {
    this.host.noteDirty(this.in);
    this.offer();
  }

  /** @internal The peer's end of stream has been delivered. */
  onEnd(): void {
    if (this.isForgotten) this.out.send('rst', 0, 'ECONNRESET');
    if (this.isClosed || this.hasEnded || this.isBroken) return;
    this.hasEnded = true;
    this.offer();
  }

  /** @internal A reset has been delivered: what was received before is still to be read. */
  onReset(code: string): void {
    if (this.isClosed || this.isBroken) return;
    this.isBroken = true;
    this.probing?.stop();
    this.out.dropButReset();
    this.readiness &= ~WRITABLE;
    // After the peer's end of stream Linux reports EPIPE (net/ipv4/tcp_input.c, tcp_reset, CLOSE_WAIT).
    const actual = code === 'ECONNRESET' && this.hasEnded ? 'EPIPE' : code;
    this.failure = new TransportError(actual, {
      syscall: this.isOpen ? 'read' : 'connect',
      ...describeTarget(this.remote),
    });
    if (this.in.unread === 0) this.onDrained();
    else this.readiness |= BROKEN;
    this.notify();
  }

  /** @internal The peer has read, and there is room again. */
  onWindow(): void {
    if (this.isClosed || this.isBroken || this.hasShutdown) return;
    this.readiness |= WRITABLE;
    this.probing?.update();
    this.notify();
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    let flags = 0;
    if (this.isOpen) flags |= 1;
    if (this.isClosed) flags |= 2;
    if (this.hasEnded) flags |= 4;
    if (this.hasShutdown) flags |= 8;
    if (this.isBroken) flags |= 16;
    if (this.watcher !== null) flags |= 32;
    if (this.isForgotten) flags |= 64;
    if (this.isEndReceived) flags |= 128;
    return `${this.readiness},${flags},${this.failure?.code ?? ''},${this.urgent ?? ''}${this.probing?.stateText() ?? ''}${this.pace?.stateText() ?? ''}`;
  }

  /** @internal The host has crashed, or forgotten it: nothing is sent, and what arrives is answered with a reset. */
  forget(): void {
    this.isForgotten = true;
    this.out.orphan();
    this.peer.noteSilence();
    if (!this.isClosed) this.release();
  }

  /** @internal Its reset is lost, or it has given up: nothing is sent again, and what arrives is answered with a reset. */
  forgetReset(): void {
    this.isForgotten = true;
    this.peer.noteSilence();
  }

  /** @internal The host goes on after a pause: the program hears what it missed. */
  resume(): void {
    if (this.readiness !== 0) this.watcher?.onReadiness();
  }

  /** Whether a program has closed it, or never had it. */
  get isReleased(): boolean {
    return this.isClosed || (this.isBroken && !this.isOpen);
  }

  /** @internal Whether it would send more if the peer had read. */
  get awaitsWindow(): boolean {
    const isFull = !this.hasShutdown && (this.readiness & WRITABLE) === 0;
    return this.isOpen && !this.isClosed && (isFull || this.out.flow?.isLimited === true);
  }

  toString(): string {
    return `${this.host.name} ${this.in.connection}`;
  }

  /** @internal */
  get peer(): SimEndpoint {
    return this.in.sender;
  }

  private onUrgent(byte: number): void {
    if (this.isClosed || this.isBroken) return;
    this.urgent = byte;
    this.readiness |= URGENT;
    this.notify();
  }

  /** A reset does not take back an end of stream that came before (Linux: tcp_recvmsg, SOCK_DONE). */
  private recvEnd(): Received {
    if (!this.hasEnded || (this.failure !== null && this.isEndReceived)) return WOULD_BLOCK;
    this.isEndReceived = true;
    if (this.failure !== null) this.readiness &= ~READABLE;
    return END_OF_STREAM;
  }

  private onDrained(): void {
    const isEndDue = this.hasEnded && !this.isEndReceived;
    if (this.failure !== null) {
      this.readiness = (this.readiness & ~BROKEN) | FAILED;
      if (!isEndDue) this.readiness &= ~READABLE;
    } else if (!this.hasEnded) this.readiness &= ~READABLE;
  }

  private notify(): void {
    this.host.network.effects += 1;
    if (this.host.isPaused) return;
    this.watcher?.onReadiness();
  }

  private release(): void {
    this.isClosed = true;
    this.probing?.stop();
    this.pace?.stop();
    this.readiness = 0;
    this.watcher = null;
    this.host.network.effects += 1;
    this.host.openEndpoints.delete(this);
  }
}
