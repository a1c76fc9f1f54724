import { type Address } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import { type Driver, Reactor, type ReactorOptions } from '../core/reactor.ts';
import type {
  ConnectOptions,
  Endpoint,
  Listener,
  ListenOptions,
  OpenFileOptions,
  ResolvedAddress,
  Transport,
} from '../core/transport.ts';
import type { Disk } from './files/disk.ts';
import { type PipeEnds, Storage } from './files/storage.ts';
import type { Volume } from './files/volume.ts';
import { HostFailures } from './host-failures.ts';
import type { Network } from './network.ts';
import { Resources } from './resources.ts';
import type { Footprint } from './search/footprint.ts';
import type { Buffers } from './tcp/buffers.ts';
import { ConnectionNames } from './tcp/connection-names.ts';
import type { Direction } from './tcp/direction.ts';
import { EphemeralPorts } from './tcp/ephemeral-ports.ts';
import type { SimListener } from './tcp/listener.ts';
import { OpenEndpoints } from './tcp/open-endpoints.ts';
import { type ReadLimit } from './tcp/read-pace.ts';
import type { SocketPaths } from './tcp/socket-paths.ts';
import type { StreamBuffer } from './tcp/stream-buffer.ts';
import { HostClock } from './time/clock.ts';
import type { Group } from './time/schedule-queue.ts';
export declare class Host implements Transport, Driver {
  readonly name: string;
  /** Counts from 0 in the order in which the hosts were made. */
  readonly number: number;
  /** The first of its addresses. */
  readonly address: string;
  /** @internal The others, if it has any. */ readonly moreAddresses: readonly string[] | null;
  /** @internal The buffers of its connections, if they are apart. */ readonly buffers: Buffers | null;
  readonly network: Network;
  readonly clock: HostClock;
  readonly reactor: Reactor;
  /** @internal Endpoints that no program has closed. */ readonly openEndpoints: OpenEndpoints;
  /** Whether it has crashed, and is not up again. */ isDown: boolean;
  /** Whether its programs stand still; what arrives is kept and acknowledged all the same. */
  isPaused: boolean;
  private readonly turn;
  /** @internal */ readonly listeners: SimListener[];
  private readonly viewed;
  /** Directions with deliveries that no turn has looked at: the cost of a turn follows these, not all connections. */
  private readonly dirty;
  /** @internal Descriptors of open files. */ openFiles: number;
  /** @internal What was limited by hand, if anything was. */ limited: Resources | null;
  /** @internal What may befall it by decision, if anything. */ failures: HostFailures | null;
  /** @internal How much its programs receive, if that is limited. */ readLimit: ReadLimit | null;
  /** @internal Paths that its listeners have bound, if any. */ paths: SocketPaths | null;
  private madeStorage;
  /** @internal How its connections are named, if they are. */ readonly names: ConnectionNames | null;
  /** @internal */ bindingsToCome: number;
  private isTurnQueued;
  private idleTurns;
  /** As the last turn left them: a turn that something has led to is not idle. */
  private effectsSeen;
  /** @internal */ readonly ports: EphemeralPorts;
  constructor(
    network: Network,
    name: string,
    addresses: readonly [string, ...string[]],
    options: Pick<ReactorOptions, 'onUncaught' | 'log' | 'order'>,
    buffers?: Buffers | null,
  );
  /** The host as a transport: itself. */
  get transport(): Transport;
  /** @internal Made when first needed. */ get storage(): Storage;
  /** @internal The host's files, if anybody has asked for them. */ get files(): Volume | null;
  /** The host's files, in memory. They outlive a crash. */
  get volume(): Volume;
  /** How the files behave: how full, how slow, what fails. */
  get disk(): Disk;
  /** A pipe between programs of this host, as pipe(2): two open endpoints. */
  pipe(): PipeEnds;
  /** Makes a FIFO, as mkfifo(3), that `openFile` opens by its path. Throws ArgumentError if there is something already. */
  makeFifo(path: string): void;
  /** What its kernel can run out of, for fault plans. */
  get resources(): Resources;
  /** All its addresses, the first one first. */
  get addresses(): readonly string[];
  /** Addresses on which this host listens. */
  get listening(): Address[];
  connect(remote: Address, options?: ConnectOptions): Endpoint;
  listen(local: Address, options?: ListenOptions): Listener;
  openFile(file: string | number, options?: OpenFileOptions): Endpoint;
  resolve(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void;
  /** @internal The address from which it sends to `remote`: the first of the same family; null if it has none. */
  sourceFor(remote: string): string | null;
  /** @internal Driver: this host's program is due for a turn. */
  requestTurn(): void;
  /** @internal What a turn or timer of this host touches: itself, and all its connections. */
  footprintAs(chainId: number, atMs: number): Footprint;
  /** @internal */ groupOfTurn(): Group;
  /** @internal Whether every listener here declares its connections independent. */
  get hasIndependentConnections(): boolean;
  /** @internal Listeners with what waits there, channels, and whether a turn is due, as text. */
  stateText(): string;
  /**
   * Loses power: programs, connections and timers are gone, files stay. Peers get what had left, and then nothing: what
   * they send is lost until the host is up again, and then answered with a reset.
   */
  crash(): this;
  /** Is up again, with its files, and runs `boot`, which starts its programs anew. */
  restart(boot?: (host: this) => void): this;
  /**
   * Starts its programs by `boot`, and lets it crash after any of its turns from now on, twice a run at most, if the family `crash`
   * may deviate. After a second or a minute it is up again, and `boot` starts them anew.
   */
  mayCrash(boot: (host: Host) => void): this;
  /** Lets its programs stand still after any turn, for a second or a minute, twice a run at most, if `pause` may deviate. */
  mayPause(): this;
  /** Stops its programs and timers, as a long garbage collection or SIGSTOP does; its kernel goes on. */
  pause(): this;
  /** Lets its programs go on: what came due in the meantime happens now. */
  resume(): this;
  /**
   * A slow reader: whatever its programs ask for, on each connection they receive no more than this. With `bytes: 0` nothing, not
   * even the end of stream, until another limit is set. Null: no limit. Holds for connections that are open, and to come.
   */
  limitReading(limit: ReadLimit | null): this;
  /** @internal One turn of this host's reactor. */
  runTurn(): void;
  /** @internal Something has been delivered that this host has not looked at. */
  noteDirty(direction: Direction): void;
  /** @internal Somebody receives outside of a turn. The net façade's programs have none: they look now. */
  lookAt(direction: Direction): void;
  /** @internal Views of this buffer are out until the turn ends. */
  noteViewed(buffer: StreamBuffer): void;
  /** @internal The listener that a connection to `address`, one of this host's, reaches. */
  listenerAt(address: Address): SimListener | null;
  /** @internal */ forget(listener: SimListener): void;
  /** Runs `body` as this host's program: what it and its callbacks connect, listen on and wait for is this host's. */
  run<T>(body: () => T): T;
  toString(): string;
  private noteIdleTurn;
}
