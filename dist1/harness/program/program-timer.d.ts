import { AsyncResource } from 'node:async_hooks';
import type { Clock } from '../../core/index.ts';
import { type PendingTimer } from './active.ts';

type Callback = (...args: unknown[]) => void;
/**
 * What `setTimeout` and `setInterval` give on virtual time. It is made like Node's `Timeout`, and stands on the clock of
 * the host whose code made it. A library may keep one from test to test and refresh it: then it moves to the line
 * that is installed at that moment, or to real time.
 */
export declare class ProgramTimer extends AsyncResource implements PendingTimer {
  readonly id: number;
  hasFired: boolean;
  clock: Clock | null;
  protected readonly callback: Callback;
  private readonly args;
  protected readonly delayMs: number;
  protected readonly repeats: boolean;
  private readonly site;
  private line;
  private timer;
  private isRef;
  /** For good: as in Node, a timer that was cleared cannot be refreshed. */
  protected isCleared: boolean;
  constructor(callback: unknown, delayMs: unknown, args: unknown[], repeats: boolean);
  refresh(): this;
  close(): this;
  /** Takes it off its line; `refresh` sets it anew. */
  suspend(): void;
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  get isPassing(): boolean;
  get isHousekeeping(): boolean;
  hurry(): void;
  describe(): string;
  /** Whether it is set: neither fired nor cleared. */
  protected get isSet(): boolean;
  [Symbol.toPrimitive](): number;
  [Symbol.dispose](): void;
  /** Runs the callback from the event loop: what it throws is the process's uncaughtException, as in Node. */
  private fire;
}
/** With what else Node's `Timeout` has, which some libraries and many tests look at. */
export declare class ProgramTimeout extends ProgramTimer {
  /** In milliseconds; -1 once it is cleared. */
  get _idleTimeout(): number;
  get _onTimeout(): Callback | null;
  /** Of an interval the milliseconds, else null. */
  get _repeat(): number | null;
  get _destroyed(): boolean;
}
