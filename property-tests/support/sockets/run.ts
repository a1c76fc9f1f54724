// Runs a program of net operations on a stage, and writes down what each socket and server saw.
import type { Server, Socket } from 'node:net';
import { connectSocket } from './connect.ts';
import { describeError } from './describe.ts';
import { type Act, type End, type Program, WAIT_MS } from './program.ts';
import { EventRecord } from './record.ts';
import type { Stage } from './stage.ts';
import { WatchedSocket } from './watched-socket.ts';

export type Place = '127.0.0.1' | '::1' | 'path';

/** What all saw, by name. */
export type Events = Readonly<Record<string, readonly string[]>>;

/** Runs `program` to its end, destroys what is left, and gives what all saw. */
export async function runProgram(stage: Stage, program: Program, place: Place): Promise<Events> {
  const run = new Run(stage, program, place);
  try {
    run.listen();
    await stage.quiet();
    for (const act of program.acts) {
      if (act.kind === 'wait') await stage.wait(WAIT_MS);
      else {
        run.perform(act);
        await stage.quiet();
      }
      while (run.performPostponed()) await stage.quiet();
    }
    run.lookAtAll();
    await stage.quiet();
    run.closeAll();
    await stage.quiet();
    run.lookAtAll();
    await stage.quiet();
    return run.record.events;
  } finally {
    run.closeAll();
    await stage.quiet();
    stage.dispose();
  }
}

const SERVER_EVENTS = ['listening', 'connection', 'drop', 'error', 'close'] as const;

class Run {
  readonly record = new EventRecord();
  private readonly stage: Stage;
  private readonly program: Program;
  private readonly place: Place;
  /** The latest of each end of each connection. */
  private readonly ends = new Map<string, WatchedSocket>();
  private readonly postponed: (() => void)[] = [];
  private readonly all: WatchedSocket[] = [];
  private readonly servers: Server[] = [];
  /** Where the server is, or was last. */
  private port = 0;
  /** The connection whose server comes next. */
  private coming = 0;
  private connected = 0;
  private accepted = 0;

  constructor(stage: Stage, program: Program, place: Place) {
    this.stage = stage;
    this.program = program;
    this.place = place;
  }

  perform(act: Exclude<Act, { kind: 'wait' }>): void {
    if (act.kind === 'connect') this.connect(act);
    else if (act.kind === 'listen') this.listen();
    else if (act.kind === 'closeServer') this.closeServer();
    else
      for (const operation of act.operations)
        this.ends.get(`${act.end} ${act.connection}`)?.perform(operation);
  }

  /** Does the next thing that had to wait until everything was quiet; false if there is none. */
  performPostponed(): boolean {
    for (const watched of this.all) watched.settle();
    const action = this.postponed.shift();
    action?.();
    return action !== undefined;
  }

  listen(): void {
    if (this.servers.at(-1)?.listening) return;
    const { net, path } = this.stage;
    const { maxConnections, ...options } = this.program.server;
    const server = net.createServer({ ...options, noDelay: true } as object);
    const name = `listener ${this.servers.length + 1}`;
    this.servers.push(server);
    if (maxConnections !== undefined) server.maxConnections = maxConnections;
    for (const event of SERVER_EVENTS)
      server.on(event, (value: unknown) => {
        this.record.note(name, value instanceof Error ? `${event} ${describeError(value)}` : event);
      });
    server.on('listening', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') this.port = address.port;
    });
    server.on('connection', (socket) => {
      this.accepted += 1;
      const watched = this.watch(socket, 'server', `accepted ${this.accepted}`, null);
      watched.startReader(this.program.reader);
    });
    if (this.place === 'path') server.listen(path);
    else server.listen(this.port, this.place);
  }

  lookAtAll(): void {
    for (const watched of this.all) watched.look();
    this.servers.forEach((server, index) => {
      this.record.note(`listener ${index + 1}`, `listening ${server.listening}`);
      server.getConnections((_error, count) => {
        this.record.note(`listener ${index + 1}`, `${count} connections`);
      });
    });
  }

  closeAll(): void {
    for (const { socket } of this.all) socket.destroy();
    for (const server of this.servers) server.close();
  }

  private closeServer(): void {
    const name = `listener ${this.servers.length}`;
    this.servers.at(-1)?.close((error) => {
      this.record.note(name, error ? `close failed ${describeError(error)}` : 'close done');
    });
  }

  private connect(act: Extract<Act, { kind: 'connect' }>): void {
    const { net, path } = this.stage;
    const isPath = this.place === 'path';
    const destination = {
      host: isPath ? '127.0.0.1' : this.place,
      port: this.port,
      path: isPath ? path : undefined,
    } as const;
    const { connection } = act;
    this.coming = connection;
    this.connected += 1;
    const name = `connect ${this.connected}`;
    const onConnect = (): void => this.record.note(name, 'connect callback');
    const { socket, again } = connectSocket(net, destination, { ...act, onConnect });
    const connectAgain = (): void => {
      if (!socket.destroyed || !socket.closed) return;
      this.coming = connection;
      again();
    };
    const watched = this.watch(socket, 'client', name, connectAgain);
    watched.startReader(act.reader);
  }

  private watch(socket: Socket, end: End, name: string, connectAgain: (() => void) | null): WatchedSocket {
    const watched = new WatchedSocket(
      socket,
      { name, end, connectAgain },
      { record: this.record, reactions: this.program.reactions, others: this.all, postponed: this.postponed },
    );
    this.ends.set(`${end} ${this.coming}`, watched);
    this.all.push(watched);
    return watched;
  }
}
