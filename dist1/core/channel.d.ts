import type { Watcher } from './transport.ts';
/** What of a channel's readiness a reactor serves in one visit. */
export type Phase = 'all' | 'read' | 'write' | 'rest';
/** A dispatcher as its reactor sees it. Links and flags belong to the reactor. */
export interface Channel extends Watcher {
  /** Neighbours in the reactor's map, in order of registration. */
  previousChannel: Channel | null;
  nextChannel: Channel | null;
  /** Whether it is registered with a reactor. */
  isInMap: boolean;
  /** Whether it stands in the reactor's ready queue. */
  isInReadyQueue: boolean;
  /** Calls the handlers that are due in this phase; returns how many were called. */
  serveChannel(phase: Phase): number;
  /** Whether a handler would be called if it were served now. Asks the predicates. */
  isChannelDue(): boolean;
  /** Whether it must stay in the ready queue: something is ready that may become due without a new readiness. */
  isChannelPending(): boolean;
  /** A handler threw. */
  catchException(error: unknown): void;
  close(): void;
}
