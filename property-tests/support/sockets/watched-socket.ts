// One socket of a program: what it does is written down, and answered by the program's reactions.
import type { Socket } from 'node:net';
import { describeError, describeSocket } from './describe.ts';
import type { End, Operation, Reaction, Reader } from './program.ts';
import { startReader } from './readers.ts';
import type { EventRecord } from './record.ts';

/** What a socket tells without being asked; that somebody listens to 'data' or 'readable' would change what it does. */
const EVENTS = [
  'lookup',
  'connectionAttempt',
  'connectionAttemptFailed',
  'connectionAttemptTimeout',
  'connect',
  'ready',
  'pause',
  'resume',
  'pipe',
  'unpipe',
  'drain',
  'prefinish',
  'finish',
  'end',
  'timeout',
  'error',
  'close',
] as const;

/** What the sockets of a program share. */
export interface Surroundings {
  readonly record: EventRecord;
  readonly reactions: readonly Reaction[];
  /** All sockets, in the order in which they were made. */
  readonly others: readonly WatchedSocket[];
  /** What is to be done once everything is quiet, each on its own. */
  readonly postponed: (() => void)[];
}

export class WatchedSocket {
  readonly socket: Socket;
  readonly name: string;
  readonly end: End;
  /** Whether it has written since everything was quiet. */
  private hasJustWritten = false;
  /**
   * Whether nobody is at the other end: a write draws a reset. On loopback that comes back within the system call; elsewhere, and
   * in the simulation, it takes a round trip: known difference 'loopback-is-synchronous'.
   */
  private isPeerGone = false;
  private readonly around: Surroundings;
  private readonly reactions: Reaction[];
  private readonly connectAgain: (() => void) | null;
  /** @internal */
  ports = '';
  private peerPorts = '';
  private isEchoing = false;
  private sentBytes = 0;
  private written = 0;

  constructor(
    socket: Socket,
    who: { readonly name: string; readonly end: End; readonly connectAgain: (() => void) | null },
    around: Surroundings,
  ) {
    this.socket = socket;
    this.name = who.name;
    this.end = who.end;
    this.connectAgain = who.connectAgain;
    this.around = around;
    this.reactions = around.reactions.filter(({ end }) => end === who.end);
    this.notePorts();
    socket.on('connect', () => this.notePorts());
    for (const event of EVENTS)
      socket.on(event, (...values: unknown[]) => {
        this.note([event, ...values.map(describeValue)].join(' '));
        this.react(event);
      });
  }

  /** Everything is quiet. */
  settle(): void {
    const peer = this.around.others.findLast((other) => other.ports === this.peerPorts);
    this.hasJustWritten = false;
    this.isPeerGone = peer === undefined || peer.socket.destroyed;
  }

  note(event: string): void {
    this.around.record.note(this.name, event);
  }

  received(bytes: Uint8Array): void {
    this.around.record.noteData(this.name, bytes);
    this.react('data');
  }

  startReader(reader: Reader): void {
    if (reader === 'echo') this.isEchoing = true;
    startReader(this, reader);
  }

  look(): void {
    this.note(describeSocket(this.socket));
  }

  /** Does it, as far as the socket lets it. */
  perform(operation: Operation): void {
    if (operation.kind === 'reconnect' || (this.hasJustWritten && this.isPeerGone)) {
      this.around.postponed.push(() => this.performNow(operation));
      return;
    }
    this.performNow(operation);
  }

  private performNow(operation: Operation): void {
    try {
      this.operate(operation);
    } catch (error) {
      this.note(`${operation.kind} throws ${describeError(error)}`);
    }
  }

  /** Asking also makes the socket keep its peer's address: known difference 'peer-forgotten'. */
  private notePorts(): void {
    const { localPort, remotePort } = this.socket;
    this.isPeerGone = false;
    this.ports = `${localPort} ${remotePort}`;
    this.peerPorts = `${remotePort} ${localPort}`;
  }

  private react(event: string): void {
    for (;;) {
      const index = this.reactions.findIndex((reaction) => reaction.event === event);
      if (index < 0) return;
      const [reaction] = this.reactions.splice(index, 1);
      // Whether its peer has gone meanwhile is not known to both sides alike: 'loopback-is-synchronous'.
      const isUnsure = this.hasJustWritten || this.isEchoing || (event === 'end' && this.mayBeResetNext);
      if (isUnsure && writes(reaction.operation))
        this.around.postponed.push(() => this.performNow(reaction.operation));
      else this.perform(reaction.operation);
    }
  }

  /** Whether its peer may reset the connection right behind its end of stream. */
  private get mayBeResetNext(): boolean {
    return this.around.reactions.some(
      ({ end, operation }) => end !== this.end && operation.kind === 'resetAndDestroy',
    );
  }

  private operate(operation: Operation): void {
    const { socket } = this;
    switch (operation.kind) {
      case 'write':
        this.note(`write gives ${socket.write(this.bytes(operation.sizeBytes), this.callback(operation))}`);
        break;
      case 'end':
        if (operation.sizeBytes > 0) socket.end(this.bytes(operation.sizeBytes), this.callback(operation));
        else socket.end(this.callback(operation));
        break;
      case 'read': {
        const bytes = socket.read(operation.sizeBytes) as Buffer | null;
        if (bytes === null) this.note('read gives null');
        else this.received(bytes);
        break;
      }
      case 'setTimeout':
        socket.setTimeout(operation.durationMs);
        break;
      case 'use':
        this.startReader(operation.reader);
        break;
      case 'destroyWithError':
        socket.destroy(new Error('of the program'));
        break;
      case 'reconnect':
        this.connectAgain?.();
        break;
      case 'uncork':
        socket.uncork();
        this.hasJustWritten = true;
        break;
      case 'look':
        this.look();
        break;
      default:
        socket[operation.kind]();
    }
  }

  /** No two writes of a socket look the same. */
  private bytes(sizeBytes: number): Buffer {
    const bytes = Buffer.alloc(sizeBytes);
    for (let index = 0; index < sizeBytes; index += 1) bytes[index] = (this.sentBytes + index) % 251;
    this.sentBytes += sizeBytes;
    if (sizeBytes > 0) this.hasJustWritten = true;
    return bytes;
  }

  private callback(operation: {
    readonly kind: string;
    readonly hasCallback: boolean;
  }): (() => void) | undefined {
    if (!operation.hasCallback) return undefined;
    this.written += 1;
    const name = `${operation.kind} ${this.written}`;
    return (error?: Error | null) =>
      this.note(error ? `${name} failed ${describeError(error)}` : `${name} done`);
  }
}

function describeValue(value: unknown): string {
  if (value instanceof Error) return describeError(value);
  // Ports differ from run to run; pipe and unpipe tell of the socket itself.
  if (typeof value === 'number' && value > 6) return 'PORT';
  if (typeof value === 'string' && value.startsWith('/')) return 'PATH';
  return typeof value === 'object' && value !== null ? 'it' : String(value);
}

function writes(operation: Operation): boolean {
  return operation.kind === 'write' || operation.kind === 'end' || operation.kind === 'uncork';
}
