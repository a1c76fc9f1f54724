import type { Log } from '../core/log.ts';
import type { TurnOrder } from '../core/reactor.ts';
import { Decisions, type Strategy } from './decisions/decisions.ts';
import type { Family } from './decisions/label.ts';
import { Arena } from './tcp/arena.ts';
import type { BufferOptions } from './tcp/buffers.ts';
export interface SimulationOptions {
  /** What answers decisions. Default: always the perfect network. */
  readonly strategy?: Strategy;
  /** Decisions made elsewhere; instead of `strategy`. */
  readonly decisions?: Decisions;
  /** The families that may deviate. Default: all. */
  readonly families?: Iterable<Family>;
  /** How long a segment takes from host to host unless a link says otherwise. Default 1. */
  readonly latencyMs?: number;
  /** How far apart two events may be for `order` to swap them. Default 10: jitter, not an outage. */
  readonly orderWindowMs?: number;
  /** How many bytes a direction holds that the receiver has not read. Default 131072: buffers of 64 KiB at both ends. */
  readonly windowBytes?: number;
  /**
   * Gives each end of a connection a send and a receive buffer, with acknowledgements, window updates and Nagle's algorithm
   * between them, instead of the one window: `{}` for Linux's sizes. Default: one window, which has far fewer states.
   */
  readonly buffers?: BufferOptions;
  /** Whether to note every event. Default false: a search runs without. */
  readonly trace?: boolean;
  /** Memory to re-use from run to run; it is reset. Default: one of its own. */
  readonly arena?: Arena;
  /** Whether `fingerprint()` will be asked. Default false: it costs keeping every connection. */
  readonly fingerprints?: boolean;
  readonly log?: Log;
}
export interface HostOptions {
  /** Default: 10.0.0.1 for the first host, 10.0.0.2 for the second, and so on. */
  readonly address?: string;
  /** Several, IPv4 and IPv6, in the order in which its name resolves to them. Instead of `address`. */
  readonly addresses?: readonly string[];
  /** The buffers of its connections, as for the whole simulation. Default: the simulation's. */
  readonly buffers?: BufferOptions;
  /** The order of a turn. Default: decided, if the family `ready` may deviate, else `per-channel`. */
  readonly order?: TurnOrder;
}
export interface RunOptions {
  /** Stops before the first event at or after this time. Default: no limit. */
  readonly untilMs?: number;
  /** Events taken at most; more is ERR_STEP_LIMIT. Default 1,000,000. */
  readonly maxSteps?: number;
  /** Whether connections may still be open when nothing is left to happen; otherwise that is ERR_DEADLOCK. Default false. */
  readonly allowOpen?: boolean;
}
/** Throws ArgumentError for what a simulation would stumble over later. */
export declare function checkSimulationOptions(options: SimulationOptions): void;
