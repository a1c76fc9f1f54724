import { type Site } from './errors.ts';
/** A turn of the event loop that is waited for; unreferenced, it keeps no process alive. */
export interface Turn {
  ref(): unknown;
  unref(): unknown;
}
/** What the driver may take: nothing, what is due at this instant, or the next event whenever it is due. */
export type Leave = 'nothing' | 'due' | 'next';
export declare class Quiet {
  private readonly holds;
  /** Call sites of traffic that left the simulation, by what Node made for it. */
  private readonly escapes;
  /** Grows with everything that JavaScript queues. */
  private activity;
  private seen;
  /** Immediates made since `leave` was asked last: those made earlier have run, or were cleared. */
  private immediates;
  /** Turns on end in which there were immediates and no work under way. */
  private pollingTurns;
  private quietTurns;
  private busyTurns;
  /** Since when nothing has happened though native work is under way. */
  private stuckSinceMs;
  private isOwn;
  private ownId;
  /** Whether there are native objects whose callbacks cannot be foreseen. */
  private hasNatives;
  /** Whether native work was under way since the last quiet. */
  private isSettling;
  private isFollowing;
  private readonly work;
  private readonly handles;
  private readonly threads;
  private readonly queued;
  /** Follows native objects, and costs every promise something: enabled only while there are any. */
  private readonly native;
  constructor();
  start(): void;
  stop(): void;
  /** Whether something has happened since `leave` was asked last. */
  get hasStirred(): boolean;
  /** Asked from an immediate of each turn of the event loop. Time moves if JavaScript has nothing left to do. */
  leave(): Leave;
  private isStuck;
  private isQuiet;
  /** Calls back in the next turn of the event loop; later, if native work takes long. */
  nextTurn(callback: () => void): Turn;
  /** What quiet waits for, in words. */
  pendingWork(): string[];
  /** Workers and message ports that may or may not be about to send something. */
  unknowable(): string[];
  /** Throws ERR_ESCAPED if traffic has left the simulation. */
  expectInside(): void;
  /** Throws ERR_UNKNOWABLE if a worker or message port may be about to send something. */
  expectToKnow(): void;
  /** Has virtual time stand still until the function that this gives is called. */
  hold(reason: string, site: Site): () => void;
  /** Takes back that `resource` is native work, and that it leaves the simulation: it was answered inside. */
  disown(resource: object): void;
  private onInit;
  private onNative;
  private follow;
  /** A compression stream lives long; each write to it is a piece of work, over with the callback after it. */
  private watchStream;
  private hasWork;
}
