// What a body of the contract sees: one machine, on either backend, and channels that write down what happens to them.
import {
  type Address,
  type CloseReason,
  type ConnectOptions,
  Dispatcher,
  type Endpoint,
  FileDispatcher,
  isBytes,
  type ListenOptions,
  type OpenFileOptions,
  type Reactor,
  TransportError,
} from '../../src/core/index.ts';

/** What a channel does besides noting. Each is called after the note. */
export interface Script {
  readonly onConnect?: (channel: Peer) => void;
  /** Instead of receiving and noting what there is. */
  readonly onRead?: (channel: Peer) => void;
  readonly onData?: (channel: Peer, received: string) => void;
  /** Given, the channel has write interest from the start. */
  readonly onWrite?: (channel: Peer) => void;
  /** Instead of closing. */
  readonly onEnd?: (channel: Peer) => void;
  readonly onClose?: (channel: Peer, reason: CloseReason) => void;
}

/** A connection's end. Notes data as characters, in one event as long as nothing else happens in between. */
export class Peer extends Dispatcher {
  readonly name: string;
  readonly script: Script;
  private readonly world: World;
  private takingBytes = 0;

  constructor(world: World, name: string, script: Script, endpoint: Endpoint | null = null) {
    super(world.reactor, endpoint);
    this.world = world;
    this.name = name;
    this.script = script;
    if (script.onWrite === undefined) this.wantWrite(false);
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  sendText(text: string): number {
    return this.send(new TextEncoder().encode(text));
  }

  /** Receives what there is, and notes it. */
  receive(sizeBytes = 65536): string {
    const received = this.recv(sizeBytes);
    if (!isBytes(received)) return '';
    const text = new TextDecoder().decode(received);
    this.world.noteData(this.name, text);
    return text;
  }

  /** Receives so many bytes, in however many pieces, and then no more. */
  take(sizeBytes: number): void {
    this.takingBytes = sizeBytes;
    this.wantRead(true);
  }

  override handleConnect(): void {
    this.note('connect');
    this.script.onConnect?.(this);
  }

  override handleRead(): void {
    if (this.takingBytes > 0) {
      this.takingBytes -= this.receive(this.takingBytes).length;
      if (this.takingBytes === 0) this.wantRead(false);
    } else if (this.script.onRead !== undefined) this.script.onRead(this);
    else {
      const received = this.receive();
      if (received !== '') this.script.onData?.(this, received);
    }
  }

  override handleWrite(): void {
    this.script.onWrite?.(this);
  }

  override handleEnd(): void {
    this.note('end');
    if (this.script.onEnd === undefined) this.close();
    else this.script.onEnd(this);
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
    this.script.onClose?.(this, reason);
  }

  override handleError(error: unknown): void {
    this.note(`error ${error instanceof Error ? error.message : String(error)}`);
  }
}

export interface ServerScript {
  readonly onListening?: (server: Server) => void;
  /** Instead of making the next of `peers` of the endpoint. */
  readonly onAccepted?: (server: Server, endpoint: Endpoint, address: Address) => void;
  readonly onClose?: (server: Server, reason: CloseReason) => void;
}

/** A listener. Its first accepted connection is the peer `server`, and so on; it closes once all have come. */
export class Server extends Dispatcher {
  readonly name: string;
  private readonly world: World;
  private readonly script: ServerScript;
  private readonly peers: [string, Script][];

  constructor(world: World, name: string, script: ServerScript, peers: Record<string, Script>) {
    super(world.reactor);
    this.world = world;
    this.name = name;
    this.script = script;
    this.peers = Object.entries(peers);
  }

  get port(): number {
    return (this.localAddress as { port: number }).port;
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  override handleListening(): void {
    this.script.onListening?.(this);
  }

  override handleAccepted(endpoint: Endpoint, address: Address): void {
    if (this.script.onAccepted !== undefined) {
      this.script.onAccepted(this, endpoint, address);
      return;
    }
    const [name, script] = this.peers.shift()!;
    if (this.peers.length === 0) this.close();
    this.world.adopt(name, endpoint, script);
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
    this.script.onClose?.(this, reason);
  }

  override handleError(error: unknown): void {
    this.note(`error ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The machine's files, apart from what the reactor opens. */
export interface Disk {
  read(path: string): string;
  write(path: string, text: string): void;
  makeFifo(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Calls `callback` once what was accepted for files has been written. */
  afterWrites(callback: () => void): void;
}

/** A file, a pipe or a FIFO, as a channel that notes what happens to it. */
export class FilePeer extends FileDispatcher {
  readonly name: string;
  readonly script: FileScript;
  private receivedBytes = 0;
  private readonly world: World;

  constructor(world: World, name: string, path: string, script: FileScript, options?: OpenFileOptions) {
    super(world.reactor, path, options);
    this.world = world;
    this.name = name;
    this.script = script;
    if (script.onWrite === undefined) this.wantWrite(false);
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  sendText(text: string): number {
    return this.send(new TextEncoder().encode(text));
  }

  override handleRead(): void {
    const received = this.recv(65536);
    if (!isBytes(received)) return;
    const text = new TextDecoder().decode(received);
    this.receivedBytes += received.length;
    if (this.script.counts !== true) this.world.noteData(this.name, text);
    this.script.onData?.(this, text);
  }

  override handleWrite(): void {
    this.script.onWrite?.(this);
  }

  override handleEnd(): void {
    if (this.script.counts === true) this.note(`${this.receivedBytes} bytes`);
    this.note('end');
    if (this.script.onEnd === undefined) this.close();
    else this.script.onEnd(this);
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
  }

  override handleError(error: unknown): void {
    this.note(`error ${error instanceof Error ? error.message : String(error)}`);
  }
}

export interface FileScript {
  /** Whether bytes are counted up to the end, instead of noted. */
  readonly counts?: boolean;
  readonly onData?: (file: FilePeer, received: string) => void;
  /** Given, the channel has write interest from the start. */
  readonly onWrite?: (file: FilePeer) => void;
  /** Instead of closing. */
  readonly onEnd?: (file: FilePeer) => void;
}

export class World {
  readonly reactor: Reactor;
  readonly disk: Disk;
  /** What each channel saw, by its name. */
  readonly events: Record<string, string[]> = {};
  /** Connected peers that the world has made, by name. */
  readonly peers = new Map<string, Peer>();
  /** Calls `callback` once everything that is under way has arrived. */
  readonly afterQuiet: (callback: () => void) => void;
  /** A fresh path for a Unix-domain socket or a file. */
  readonly path: string;
  private readonly openData = new Map<string, boolean>();

  constructor(reactor: Reactor, disk: Disk, path: string, afterQuiet: (callback: () => void) => void) {
    this.reactor = reactor;
    this.disk = disk;
    this.path = path;
    this.afterQuiet = afterQuiet;
  }

  note(name: string, event: string): void {
    this.events[name] ??= [];
    this.events[name].push(event);
    this.openData.set(name, false);
  }

  noteData(name: string, text: string): void {
    if (this.openData.get(name) === true) {
      const list = this.events[name];
      list[list.length - 1] += text;
      return;
    }
    this.note(name, `data ${text}`);
    this.openData.set(name, true);
  }

  listen(
    address: Address,
    peers: Record<string, Script>,
    script: ServerScript = {},
    options: ListenOptions & { readonly name?: string } = {},
  ): Server {
    const server = new Server(this, options.name ?? 'listener', script, peers);
    server.bind(address);
    server.listen(options);
    return server;
  }

  connect(address: Address, name: string, script: Script = {}, options: ConnectOptions = {}): Peer {
    const peer = new Peer(this, name, script);
    if (options.family !== undefined) peer.createSocket(options.family === 6 ? 'tcp6' : 'tcp4');
    this.peers.set(name, peer);
    peer.connect(address);
    return peer;
  }

  /** A peer on a connection that was accepted. */
  adopt(name: string, endpoint: Endpoint, script: Script): void {
    const peer = new Peer(this, name, script, endpoint);
    this.peers.set(name, peer);
    script.onConnect?.(peer);
  }

  openFile(path: string, name: string, script: FileScript = {}, flags?: OpenFileOptions['flags']): FilePeer {
    return new FilePeer(this, name, path, script, { flags });
  }

  /** One connection: `client` connects to a listener, which accepts it as `server`. */
  pair(client: Script, server: Script, address: Address = LOOPBACK): void {
    this.listen(
      address,
      { server },
      {
        onListening: (listener) => this.connect(listener.localAddress!, 'client', client),
      },
    );
  }
}

export const LOOPBACK: Address = { host: '127.0.0.1', port: 0 };

export function describeReason(reason: CloseReason): string {
  if (!('error' in reason)) return reason.kind;
  return reason.error instanceof TransportError ? `${reason.kind} ${reason.error.code}` : reason.kind;
}

/** What must hold of every backend: a body, and what its channels see. */
export interface Behaviour {
  /** A sentence in the present. */
  readonly title: string;
  readonly run: (world: World) => void;
  /** Notes what is left once every channel is closed and every file written. */
  readonly after?: (world: World) => void;
  readonly expected: Record<string, readonly string[]>;
}
