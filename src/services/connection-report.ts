import type { Address } from '../core/address.ts';

/** A connection that a service has begun to serve. */
export interface ConnectionStart {
  /** 1, 2, 3, … in the order in which the server began to serve them. */
  readonly id: number;
  readonly client: Address;
  /** Where a forwarder connects to; null for services without a remote. */
  readonly remote: Address | null;
}

/**
 * Why a connection ended.
 *
 * `end`: both directions ended, and every byte was passed on · `reset`, `refused`, `failed`: what happened to
 * `side`, with the error · `exception`: a handler or hook threw · `connect-timeout`: the remote did not answer ·
 * `idle-timeout`: no byte moved for too long · `drain-deadline`: the server was stopped, and waited long enough.
 */
export type EndCause =
  | 'end'
  | 'reset'
  | 'refused'
  | 'failed'
  | 'exception'
  | 'connect-timeout'
  | 'idle-timeout'
  | 'drain-deadline';

export interface Outcome {
  readonly cause: EndCause;
  /** Where the cause lies. */
  readonly side: 'client' | 'remote' | 'service';
  /** What happened, if it has a code. */
  readonly error: unknown;
}

/** A connection that is over. */
export interface ConnectionReport extends ConnectionStart, Outcome {
  /** Bytes received from the client. */
  readonly receivedBytes: number;
  /** Bytes accepted for sending to the client. */
  readonly sentBytes: number;
  readonly durationMs: number;
}

/** A connection that is over, and was not served. */
export interface Refusal {
  readonly client: Address;
  /** Which limit was reached; null if none was: the client broke off before it was served. */
  readonly limit: 'connections' | 'address' | null;
}

/** @internal */
export const ALL_PASSED_ON: Outcome = Object.freeze({ cause: 'end', side: 'service', error: null });
