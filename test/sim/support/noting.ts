// Channels that write down what happens to them, each event with its virtual time.
import {
  type Address,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  isBytes,
  type ListenOptions,
  TransportError,
} from '../../../src/core/index.ts';
import type { Host } from '../../../src/sim/index.ts';

export const PORT = 7;

export type Note = [atMs: number, text: string];

/** A connection's end. Reads what comes unless told otherwise, and closes at the end of stream. */
export class Noting extends Dispatcher {
  readonly events: Note[];
  private readonly host: Host;

  constructor(host: Host, endpoint: Endpoint | null = null, events: Note[] = []) {
    super(host.reactor, endpoint);
    this.host = host;
    this.events = events;
    this.wantWrite(false);
  }

  /** What happened, without the times. */
  get texts(): string[] {
    return this.events.map(([, text]) => text);
  }

  note(text: string): void {
    this.events.push([this.host.network.schedule.nowMs, text]);
  }

  override handleConnect(): void {
    this.note('connect');
  }

  override handleRead(): void {
    const data = this.recv(1 << 24);
    if (isBytes(data))
      this.note(data.length > 20 ? `${data.length} bytes` : `data ${new TextDecoder().decode(data)}`);
  }

  override handleEnd(): void {
    this.note('end');
    this.close();
  }

  override handleClose(reason: CloseReason): void {
    const { error } = reason as { error?: unknown };
    this.note(error instanceof TransportError ? `${reason.kind} ${error.code}` : reason.kind);
  }
}

/** A listener whose accepted connections share one list of events. */
export class Accepting extends Dispatcher {
  readonly accepted: Noting[] = [];
  readonly events: Note[] = [];
  /** The addresses its connections came from. */
  readonly peers: Address[] = [];
  private readonly host: Host;

  constructor(host: Host, local: Address = { host: '0.0.0.0', port: PORT }, options: ListenOptions = {}) {
    super(host.reactor);
    this.host = host;
    this.bind(local);
    this.listen(options);
  }

  note(text: string): void {
    this.events.push([this.host.network.schedule.nowMs, text]);
  }

  override handleAccepted(endpoint: Endpoint, address: Address): void {
    this.peers.push(address);
    this.accepted.push(new Noting(this.host, endpoint, this.events));
  }

  override handleAcceptError(error: TransportError): void {
    this.note(`accept ${error.code}`);
  }

  override handleClose(reason: CloseReason): void {
    const { error } = reason as { error?: unknown };
    this.note(error instanceof TransportError ? `${reason.kind} ${error.code}` : reason.kind);
  }
}

/** A client of `host` that is on its way to `remote`. */
export function connecting(host: Host, remote: Address): Noting {
  const client = new Noting(host);
  client.connect(remote);
  return client;
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
