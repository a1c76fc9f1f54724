import fs from 'node:fs';
import type { Simulation } from '../../sim/index.ts';
import { active } from './active.ts';
import { ProgramError } from './errors.ts';
import { EventTaker } from './event-taker.ts';
import { type Installation, type InstallOptions, installAtStart } from './install.ts';
import { Patience } from './patience.ts';
import { Quiet, type Turn } from './quiet.ts';

export interface RunProcessOptions extends Omit<InstallOptions, 'files'> {
  /** Default `node:fs`: a whole program looks for its sockets' files where it looks for all files. `null`: none appear. */
  readonly files?: InstallOptions['files'] | null;
  /** Whether virtual time may move though a worker or message port might be about to send something. Default false. */
  readonly allowThreads?: boolean;
}

/** Events that are taken between two rounds of immediates. A program may cause new ones for ever. */
const NEWS_MAX = 1000;

/**
 * Installs `sim` for the rest of the process and takes its events whenever JavaScript has nothing left to do, as long as a
 * socket, server or timer would keep the process alive. To be called before the program is loaded; there is no body: the
 * process ends by itself, exceptions that nobody handles end it, and its exit code is its own.
 *
 * Throws from the event loop, so that the process fails: ERR_ESCAPED, ERR_UNKNOWABLE, and ERR_NEVER_SETTLES where nothing is
 * left to happen to what is open.
 */
export function runProcess(sim: Simulation, options: RunProcessOptions = {}): Installation {
  const { files = fs } = options;
  const installation = installAtStart(sim, { ...options, files: files ?? undefined });
  new ProcessRun(sim, installation, options.allowThreads ?? false).start();
  return installation;
}

/** The driver of a whole process. */
class ProcessRun {
  private readonly sim: Simulation;
  private readonly installation: Installation;
  private readonly allowsThreads: boolean;
  private readonly quiet = new Quiet();
  private readonly events: EventTaker;
  private turn: Turn | null = null;
  private readonly patience = new Patience();

  constructor(sim: Simulation, installation: Installation, allowsThreads: boolean) {
    this.sim = sim;
    this.events = new EventTaker(sim);
    this.installation = installation;
    this.allowsThreads = allowsThreads;
  }

  start(): void {
    active.quiet = this.quiet;
    this.quiet.start();
    this.waitForTurn();
    this.watchEnd();
  }

  /** Node asks its own event loop whether the process is over: its listeners hear of it only where the program's agrees. */
  private watchEnd(): void {
    const emit = process.emit as (...args: unknown[]) => boolean;
    const stayIfAlive = (): boolean => {
      if (!this.isAlive()) return false;
      this.turn?.ref();
      return true;
    };
    process.emit = ((...args: unknown[]) => {
      if (args[0] !== 'beforeExit') return Reflect.apply(emit, process, args);
      if (stayIfAlive()) return false;
      // Those who hear may begin something new.
      process.nextTick(stayIfAlive);
      return Reflect.apply(emit, process, args);
    }) as typeof process.emit;
  }

  /** Once a turn of the event loop. Waiting keeps the process alive only as long as something of the program does. */
  private waitForTurn(): void {
    this.turn = this.quiet.nextTurn(this.drive);
    if (!this.isAlive()) this.turn.unref();
  }

  private readonly drive = (): void => {
    let isPolling = false;
    try {
      this.quiet.expectInside();
      const leave = this.quiet.leave();
      // Who asks in setImmediate keeps the process alive, too, and then hears what unreferenced sockets have to say.
      isPolling = leave === 'due';
      if (leave === 'next' && this.isAlive()) this.advance();
    } finally {
      if (isPolling) this.poll(NEWS_MAX);
      else this.waitForTurn();
    }
  };

  /** Takes what is due at this instant, as a real event loop takes all there is before each round of immediates. */
  private poll(left: number): void {
    const { sim, events } = this;
    let isOver = true;
    try {
      while (left > 0 && sim.network.schedule.nextAtMs <= sim.nowMs && events.take()) {
        left -= 1;
        if (events.hasCalledNobody) continue;
        isOver = false;
        break;
      }
    } finally {
      // TLS and HTTP/2 stand on immediates themselves: those that the last event has led to come before the next event.
      if (isOver) this.waitForTurn();
      else
        this.quiet.afterJobs(() => (this.quiet.hasNativeImmediates ? this.waitForTurn() : this.poll(left)));
    }
  }

  private isAlive(): boolean {
    const { installation } = this;
    return (
      installation.openHandles().some((handle) => handle.keepsAlive) ||
      installation.pendingTimers().some((timer) => timer.hasRef())
    );
  }

  /** Takes events until one of them may have called a program. */
  private advance(): void {
    const { sim, quiet, events } = this;
    do {
      const { nextAtMs } = sim.network.schedule;
      if (nextAtMs > sim.nowMs && nextAtMs !== Number.POSITIVE_INFINITY && !this.allowsThreads)
        quiet.expectToKnow();
      if (!events.take()) {
        this.beIdle();
        return;
      }
      this.patience.renew();
    } while (events.hasCalledNobody);
  }

  private beIdle(): void {
    // What a thread has to say may take any time.
    if (this.quiet.unknowable().length > 0) return;
    if (!this.patience.isOver(this.sim.nowMs)) return;
    const open = this.installation.describeOpen();
    this.installation.disposeAll();
    throw new ProgramError(
      'ERR_NEVER_SETTLES',
      `at ${this.sim.nowMs} ms nothing is left to happen, and the process waits for\n${open.map((line) => `  ${line}`).join('\n')}`,
    );
  }
}
