import { type Address } from '../core/address.ts';
import type { Refusal } from './connection-report.ts';
/** An accepted connection that asks to be served. */
export interface Candidate {
  readonly address: Address;
  /** Whether the connection has broken while it waited. */
  readonly isGone: boolean;
  /** It is served from now on. */
  admit(): void;
  /** It is reset. */
  refuse(limit: Refusal['limit']): void;
}
/** Decides which connections are served, which wait and which are reset. */
export interface Gate {
  /** Asks for `candidate`, which is told by `admit` or `refuse`, at once or later. */
  enter(candidate: Candidate): void;
  /** The candidate's connection is over, or its server no longer waits for an answer. Idempotent. */
  leave(candidate: Candidate): void;
}
export interface GateLimits {
  readonly maxConnections?: number;
  readonly maxHeld?: number;
  readonly maxPerAddress?: number;
}
/** The limits of one process: first come, first served. */
export declare class LocalGate implements Gate {
  private readonly maxConnections;
  private readonly maxHeld;
  private readonly maxPerAddress;
  private readonly served;
  private readonly held;
  private readonly perAddress;
  constructor(limits: GateLimits);
  /** Candidates that are being served. */
  get servedCount(): number;
  /** Candidates that wait for a place. */
  get heldCount(): number;
  enter(candidate: Candidate): void;
  leave(candidate: Candidate): void;
  private dropGone;
  private uncount;
}
