import { type Address, type InternetAddress } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import { type Endpoint, type KeepAliveOptions, type Received, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import type { Direction } from './direction.ts';
import { type ReadLimit } from './read-pace.ts';
export declare class SimEndpoint implements Endpoint {
  readiness: number;
  watcher: Watcher | null;
  /** What it receives from, and sends into. */
  in: Direction;
  out: Direction;
  /** @internal Its place among what its host's programs hold. */ isHeld: boolean;
  /** @internal */ previousHeld: SimEndpoint | null;
  /** @internal */ nextHeld: SimEndpoint | null;
  private readonly host;
  private local;
  private remote;
  private isOpen;
  private isClosed;
  private hasEnded;
  private isEndReceived;
  private hasShutdown;
  private failure;
  private isBroken;
  /** @internal Whether its host no longer knows of it. */ isForgotten: boolean;
  private urgent;
  /** @internal Where nobody else can be bound, as its port is one that the host gave it. */
  givenAddress: InternetAddress | null;
  /** What asks a silent peer, if anything ever has. */
  private probing;
  /** What rations its program, if a fault plan does. */
  private pace;
  constructor(host: Host, local: Address, remote: Address);
  /** @internal From now on it must be closed: a program has it, or will be handed it. */
  hold(): void;
  /** @internal */
  attach(incoming: Direction, outgoing: Direction): void;
  get localAddress(): Address | null;
  get remoteAddress(): Address | null;
  get hostName(): string;
  /** @internal */
  get hasIndependentConnections(): boolean;
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  shutdownWrite(): void;
  close(): void;
  abort(): void;
  takeError(): TransportError | null;
  sendUrgent(byte: number): void;
  takeUrgent(): number | null;
  setKeepAlive(options: KeepAliveOptions | null): void;
  /** As `limitReading` of a host, for this connection alone. */
  limitReading(limit: ReadLimit | null): void;
  /** @internal Tells the program what it can receive, if its pace allows that. */
  offer(): void;
  setNoDelay(isOn: boolean): void;
  /** @internal Whether it can send and receive. */
  get isLive(): boolean;
  /** @internal Its peer may have become silent, or may speak again. */
  noteSilence(): void;
  /** @internal A question has arrived: who does not know of the connection answers with a reset, as to anything. */
  onProbe(): void;
  /** @internal */
  get localPort(): number;
  /** @internal Whether it is the end at `local` of a connection to `remote`. */
  isBetween(local: InternetAddress, remote: InternetAddress): boolean;
  /** @internal A dual-stack listener sees IPv4 peers as IPv6. */
  mapAddresses(): void;
  /** @internal The accepted end of a handshake. */
  open(): void;
  /** @internal The connecting end: the peer has answered. */
  onOpen(): void;
  /** @internal Whether nobody is left to read: bytes that arrive are answered with a reset, and never become readable. */
  get refusesData(): boolean;
  /** @internal */
  refuseData(): void;
  /** @internal Bytes have been delivered. */
  onData(): void;
  /** @internal The peer's end of stream has been delivered. */
  onEnd(): void;
  /** @internal A reset has been delivered: what was received before is still to be read. */
  onReset(code: string): void;
  /** @internal The peer has read, and there is room again. */
  onWindow(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  /** @internal The host has crashed, or forgotten it: nothing is sent, and what arrives is answered with a reset. */
  forget(): void;
  /** @internal Its reset is lost, or it has given up: nothing is sent again, and what arrives is answered with a reset. */
  forgetReset(): void;
  /** @internal The host goes on after a pause: the program hears what it missed. */
  resume(): void;
  /** Whether a program has closed it, or never had it. */
  get isReleased(): boolean;
  /** @internal Whether it would send more if the peer had read. */
  get awaitsWindow(): boolean;
  toString(): string;
  /** @internal */
  get peer(): SimEndpoint;
  private onUrgent;
  /** A reset does not take back an end of stream that came before (Linux: tcp_recvmsg, SOCK_DONE). */
  private recvEnd;
  private onDrained;
  private notify;
  private release;
}
