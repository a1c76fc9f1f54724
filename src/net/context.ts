import { getDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import type { Clock, Transport } from '../core/index.ts';
import { createLookup, type Lookup } from './lookup.ts';
import type { OpenHandle } from './open-handle.ts';
import { SharedPorts } from './shared-ports.ts';
import type { FacadeSocket } from './socket.ts';
import type { SocketFileSystem } from './socket-files.ts';
import type { SocketOptions } from './socket-options.ts';

/** What a façade needs of a machine: any transport and its clock. A simulated host is one. */
export interface NetHost {
  readonly transport: Transport;
  readonly clock: Clock;
  /** For messages. */
  readonly name?: string;
}

export interface NetOptions {
  /** Whether each open handle remembers the stack of the call that opened it. Default false: it costs at each connect. */
  readonly tracksOrigins?: boolean;
  /**
   * The file system in which Unix-domain sockets appear as files: `node:fs`, or a host's volume. Listening then needs the
   * directory, and leaves no file behind. Default: none; paths are names that only the host knows.
   */
  readonly files?: SocketFileSystem;
}

/** What the sockets and servers of one net module share. */
export class NetContext {
  /** Open sockets and servers, in the order in which they were opened. */
  readonly openHandles = new Set<OpenHandle>();
  /** Ports that several servers listen on. */
  readonly sharedPorts = new SharedPorts();
  readonly tracksOrigins: boolean;
  files: SocketFileSystem | undefined;
  /** Answers as `dns.lookup` would on the host. */
  readonly lookup: Lookup;
  autoSelectFamily = getDefaultAutoSelectFamily();
  autoSelectFamilyAttemptTimeoutMs = getDefaultAutoSelectFamilyAttemptTimeout();
  /** Makes the module's own Socket, for accepted connections. */
  readonly makeSocket: (options: SocketOptions) => FacadeSocket;
  private readonly source: NetHost | (() => NetHost);

  constructor(
    source: NetHost | (() => NetHost),
    makeSocket: (options: SocketOptions) => FacadeSocket,
    options: NetOptions,
  ) {
    this.source = source;
    this.makeSocket = makeSocket;
    this.tracksOrigins = options.tracksOrigins ?? false;
    this.files = options.files;
    this.lookup = createLookup(() => this.host(), this.openHandles);
  }

  /** As if the module had just been made: nothing is open, and settings are Node's. */
  renew(files: SocketFileSystem | undefined): void {
    this.openHandles.clear();
    this.sharedPorts.clear();
    this.files = files;
    this.autoSelectFamily = getDefaultAutoSelectFamily();
    this.autoSelectFamilyAttemptTimeoutMs = getDefaultAutoSelectFamilyAttemptTimeout();
  }

  /** The host on which a socket or server made now lives. */
  host(): NetHost {
    return typeof this.source === 'function' ? this.source() : this.source;
  }
}

/** Where sockets and servers find their module's context: on the prototype. */
export const CONTEXT: unique symbol = Symbol('net context');
