import { checkDuration, checkFunction, checkInteger } from '../core/arguments.ts';
import type { TransportError } from '../core/errors.ts';
import type { ConnectionReport, ConnectionStart, Refusal } from './connection-report.ts';
import { type Gate, LocalGate } from './gate.ts';
import type { ServiceServer } from './service-server.ts';

/** What every service takes. Each limit and time-out is off unless it is given, so that nothing happens by surprise. */
export interface ServiceOptions {
  /** Connections served at once, at least 1. Default: no limit. */
  readonly maxConnections?: number;
  /** Connections beyond `maxConnections` that are held, accepted and unread, until one ends. Default 0: they are reset. */
  readonly maxHeld?: number;
  /** Connections of one client address, held ones included, at least 1. Default: no limit. */
  readonly maxPerAddress?: number;
  /** Decides instead of the three limits above who is served, for several servers with limits in common. */
  readonly gate?: Gate;
  /** A connection on which no byte has moved for so long is reset. Default 0: never. */
  readonly idleTimeoutMs?: number;
  /** Most bytes taken by one receive, and so the piece in which bytes are passed on. Default 256 KiB: fewer, larger calls. */
  readonly chunkSizeBytes?: number;
  /** Reading stops while more than this is waiting to be sent the same way. Default 0: while anything is waiting. */
  readonly highWaterMarkBytes?: number;
  /** Reading goes on once no more than this is waiting; at most `highWaterMarkBytes`. Default 0. */
  readonly lowWaterMarkBytes?: number;
  /** The address is bound; `server.localAddress` has the real port. */
  readonly onListening?: (server: ServiceServer) => void;
  /** The address could not be bound. The server is closed. */
  readonly onListenError?: (error: TransportError, server: ServiceServer) => void;
  /** Accepting failed. The server goes on by itself after a pause. */
  readonly onAcceptError?: (error: TransportError, server: ServiceServer) => void;
  /** A connection is served from now on. */
  readonly onConnection?: (start: ConnectionStart, server: ServiceServer) => void;
  /** A connection is over; called once for each `onConnection`. */
  readonly onConnectionEnd?: (report: ConnectionReport, server: ServiceServer) => void;
  /** A connection was reset unserved, because a limit was reached or because it had broken off by then. */
  readonly onRefused?: (refusal: Refusal, server: ServiceServer) => void;
}

/** @internal ServiceOptions, checked, with the defaults filled in. One object a server. */
export interface ServiceSettings {
  readonly idleTimeoutMs: number;
  readonly chunkSizeBytes: number;
  readonly highWaterMarkBytes: number;
  readonly lowWaterMarkBytes: number;
  readonly gate: Gate | null;
  readonly hooks: ServiceOptions;
}

/** The largest piece for which one system call still pays; measured in docs/performance.md. */
const CHUNK_SIZE_BYTES = 262144;

export const NO_OPTIONS: ServiceOptions = Object.freeze({});

const DEFAULTS: ServiceSettings = Object.freeze({
  idleTimeoutMs: 0,
  chunkSizeBytes: CHUNK_SIZE_BYTES,
  highWaterMarkBytes: 0,
  lowWaterMarkBytes: 0,
  gate: null,
  hooks: NO_OPTIONS,
});

const HOOKS = [
  'onListening',
  'onListenError',
  'onAcceptError',
  'onConnection',
  'onConnectionEnd',
  'onRefused',
] as const;

/** @internal Throws ArgumentError for an option it cannot take. */
export function resolveSettings(options: ServiceOptions): ServiceSettings {
  if (options === NO_OPTIONS) return DEFAULTS;
  const { highWaterMarkBytes = 0, lowWaterMarkBytes = 0 } = options;
  const { idleTimeoutMs = 0, chunkSizeBytes = CHUNK_SIZE_BYTES } = options;
  checkDuration('idleTimeoutMs', idleTimeoutMs);
  checkInteger('chunkSizeBytes', chunkSizeBytes, 1);
  checkInteger('highWaterMarkBytes', highWaterMarkBytes, 0);
  checkInteger('lowWaterMarkBytes', lowWaterMarkBytes, 0, highWaterMarkBytes);
  for (const hook of HOOKS) if (options[hook] !== undefined) checkFunction(hook, options[hook]);
  return {
    idleTimeoutMs,
    chunkSizeBytes,
    highWaterMarkBytes,
    lowWaterMarkBytes,
    gate: options.gate ?? chooseGate(options),
    hooks: options,
  };
}

function chooseGate(options: ServiceOptions): Gate | null {
  const { maxConnections, maxHeld, maxPerAddress } = options;
  if (maxConnections === undefined && maxHeld === undefined && maxPerAddress === undefined) return null;
  return new LocalGate({ maxConnections, maxHeld, maxPerAddress });
}
