// A TCP connection as its two ends see it: handshake, and the ways it can break.
import { type InternetAddress, isUnixAddress } from '../../core/address.ts';
import { checkInteger, checkOptions } from '../../core/arguments.ts';
import type { Host } from '../host.ts';
import { showsMapped } from '../names/addresses.ts';
import type { Network } from '../network.ts';
import { type BufferOptions, checkBuffers, LINUX_BUFFERS } from './buffers.ts';
import { Direction } from './direction.ts';
import { SimEndpoint } from './endpoint.ts';
import { separateBuffers, setBuffers } from './flow.ts';
import type { SimListener } from './listener.ts';

export class Connection {
  readonly network: Network;
  /** Counts from 1 in the order of the connect calls. */
  readonly number: number;
  /** The same in every run in which it is made for the same reason, whatever the order: `client>1`, `client>1>1`. */
  readonly name: string;
  readonly client: SimEndpoint;
  readonly server: SimEndpoint;
  /** A middlebox has ended it: what is sent on it is answered with a reset. */
  isCut = false;
  /** Bytes that it may still deliver before a fault plan resets it. */
  bytesLeft = Number.POSITIVE_INFINITY;
  private readonly target: Host;
  private readonly remote: InternetAddress;
  private listener: SimListener | null = null;

  constructor(network: Network, origin: Host, target: Host, local: InternetAddress, remote: InternetAddress) {
    this.network = network;
    this.number = network.nextConnectionNumber(this);
    this.name = origin.names?.next(origin, target) ?? '';
    this.target = target;
    this.remote = remote;
    this.client = new SimEndpoint(origin, local, remote);
    const isOneself = origin === target && isSame(local, remote);
    this.server = isOneself ? this.client : new SimEndpoint(target, remote, local);
    const out = new Direction(this, this.client, this.server, network.linkBetween(origin, target));
    const back = isOneself
      ? out
      : new Direction(this, this.server, this.client, network.linkBetween(target, origin));
    this.server.attach(out, back);
    this.client.attach(back, out);
    if (!isUnixAddress(remote)) separateBuffers(out, back, origin, target);
    this.client.hold();
    out.link.noteConnect(this);
    out.send('syn');
  }

  /** Whether nobody has room for it at present: then Linux drops what would establish it (listen(2), `backlog`). */
  get isBacklogFull(): boolean {
    if (isUnixAddress(this.remote)) return false;
    const listener = this.listener ?? this.target.listenerAt(this.remote);
    return listener !== null && !listener.isClosed && listener.isFull;
  }

  /** A fault: both ends get a reset, and what is in flight is gone. */
  reset(): void {
    this.network.notePlan();
    this.network.record(`${this.client.out}`, 'reset', 'by the fault plan');
    this.breakBoth();
  }

  /** A fault: resets it once so many bytes have been delivered on it, both directions together. */
  cutAfter(options: { readonly bytes: number }): this {
    checkOptions(`the cut of ${this}`, options);
    this.bytesLeft = checkInteger('bytes', options.bytes, 1);
    this.network.notePlan();
    return this;
  }

  /** Gives its ends send and receive buffers of these sizes from now on: a kernel's options for one connection. */
  setBuffers(options: { readonly client?: BufferOptions; readonly server?: BufferOptions }): this {
    checkOptions(`the buffers of ${this}`, options);
    const near =
      checkBuffers('client', options.client) ??
      this.network.existing(this.client.hostName).buffers ??
      LINUX_BUFFERS;
    const far = checkBuffers('server', options.server) ?? this.target.buffers ?? LINUX_BUFFERS;
    setBuffers(this.client.out, this.server.out, near, far);
    return this;
  }

  /** The connection attempt has arrived. */
  onSyn(): void {
    const listener = this.target.listenerAt(this.remote);
    const { link } = this.client.out;
    if (link.refusals > 0) link.refusals -= 1;
    else if (this.client === this.server) {
      // A socket whose own SYN reaches it opens simultaneously, with itself (RFC 9293 section 3.5).
      this.client.onOpen();
      return;
    } else if (listener !== null) {
      if (this.client.hostName === this.server.hostName) this.meet(listener);
      else {
        this.listener = listener;
        this.server.out.send('syn-ack');
      }
      return;
    }
    this.refuse('ECONNREFUSED');
  }

  /**
   * Within a host the kernel is done before connect(2) returns: who listens can accept before who connects has heard of it.
   * Over a Unix-domain socket there is no handshake that could be made again (unix(7), EAGAIN).
   */
  private meet(listener: SimListener): void {
    if (isUnixAddress(this.remote) && listener.isFull) {
      this.refuse('EAGAIN');
      return;
    }
    this.server.out.send('syn-ack');
    this.establish(listener);
  }

  private establish(listener: SimListener): void {
    if (showsMapped(listener.bound)) this.server.mapAddresses();
    this.server.open();
    listener.enqueue(this.server);
  }

  /** The third segment of the handshake has arrived: the connection can be accepted. */
  onEstablished(): void {
    const { listener } = this;
    this.listener = null;
    if (listener === null) return;
    if (listener.isClosed) this.server.out.send('rst', 0, 'ECONNRESET');
    else this.establish(listener);
  }

  refuse(code: string): void {
    this.server.out.send('refusal', 0, code);
  }

  /** Both ends get a reset at once; what is in flight is gone. */
  breakBoth(): void {
    this.client.out.drop();
    this.server.out.drop();
    this.client.onReset('ECONNRESET');
    this.server.onReset('ECONNRESET');
  }

  /**
   * Both ends see the other close; what is in flight is gone. An end that has bytes in flight, or waits for the other to
   * read, sends them again or asks, and is answered with a reset.
   */
  cut(): void {
    this.isCut = true;
    const { client, server } = this;
    const clientAsks = client.out.drop() > 0 || client.awaitsWindow;
    const serverAsks = server.out.drop() > 0 || server.awaitsWindow;
    client.onEnd();
    server.onEnd();
    if (clientAsks) server.out.send('rst', 0, 'EPIPE');
    if (serverAsks) client.out.send('rst', 0, 'EPIPE');
  }

  /** @internal The name of the connection that this one was made for, or its own: `client>1` for `client>1>1`. */
  get root(): string {
    return this.name.split('>').slice(0, 2).join('>');
  }

  /** @internal The separate host whose connect call it follows from; null if there is none, or if it touches another one. */
  get group(): string | null {
    const { separated } = this.network;
    if (separated === null) return null;
    const end = this.name.indexOf('>');
    const origin = end < 0 ? this.name : this.name.slice(0, end);
    if (!separated.has(origin)) return null;
    for (const { hostName } of [this.client, this.server])
      if (hostName !== origin && separated.has(hostName)) return null;
    return origin;
  }

  /** Whether nothing can happen on it any more. */
  get isOver(): boolean {
    const { client, server } = this;
    return client.isReleased && server.isReleased && client.out.isIdle && server.out.isIdle;
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    const { client, server, isCut, listener } = this;
    const left = this.bytesLeft === Number.POSITIVE_INFINITY ? '' : `-${this.bytesLeft}`;
    const flags = `${isCut ? 'c' : ''}${listener?.name ?? ''}${left}`;
    return `${flags};${client.stateText()};${server.stateText()};${client.out.stateText()};${server.out.stateText()}`;
  }

  toString(): string {
    return `#${this.number}`;
  }
}

/** Whether a socket bound to `local` that connects to `remote` meets itself. */
function isSame(local: InternetAddress, remote: InternetAddress): boolean {
  return !isUnixAddress(remote) && local.port === remote.port && local.host === remote.host;
}
