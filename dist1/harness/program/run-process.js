import fs from 'node:fs';
import { active } from './active.js';
import { ProgramError } from './errors.js';
import { EventTaker } from './event-taker.js';
import { install } from './install.js';
import { Quiet } from './quiet.js';
import { real } from './real-time.js';

/** Real time to wait for news from outside before nothing left to happen is believed. */
const PATIENCE_MS = 250;
/**
 * Installs `sim` for the rest of the process and takes its events whenever JavaScript has nothing left to do, as long as a
 * socket, server or timer would keep the process alive. To be called before the program is loaded; there is no body: the
 * process ends by itself, exceptions that nobody handles end it, and its exit code is its own.
 *
 * Throws from the event loop, so that the process fails: ERR_ESCAPED, ERR_UNKNOWABLE, and ERR_NEVER_SETTLES where nothing is
 * left to happen to what is open.
 */
export function runProcess(sim, options = {}) {
  const { files = fs } = options;
  const installation = install(sim, { ...options, files: files ?? undefined });
  new ProcessRun(sim, installation, options.allowThreads ?? false).start();
  return installation;
}
/** The driver of a whole process. */
class ProcessRun {
  constructor(sim, installation, allowsThreads) {
    this.quiet = new Quiet();
    this.turn = null;
    this.idleSinceMs = null;
    this.drive = () => {
      try {
        this.quiet.expectInside();
        const leave = this.quiet.leave();
        if (leave !== 'nothing' && this.isAlive()) this.advance(leave);
      } finally {
        this.waitForTurn();
      }
    };
    this.sim = sim;
    this.events = new EventTaker(sim);
    this.installation = installation;
    this.allowsThreads = allowsThreads;
  }
  start() {
    active.quiet = this.quiet;
    this.quiet.start();
    this.waitForTurn();
    this.watchEnd();
  }
  /** Node asks its own event loop whether the process is over: its listeners hear of it only where the program's agrees. */
  watchEnd() {
    const emit = process.emit;
    const stayIfAlive = () => {
      if (!this.isAlive()) return false;
      this.turn?.ref();
      return true;
    };
    process.emit = (...args) => {
      if (args[0] !== 'beforeExit') return Reflect.apply(emit, process, args);
      if (stayIfAlive()) return false;
      // Those who hear may begin something new.
      process.nextTick(stayIfAlive);
      return Reflect.apply(emit, process, args);
    };
  }
  /** Once a turn of the event loop. Waiting keeps the process alive only as long as something of the program does. */
  waitForTurn() {
    this.turn = this.quiet.nextTurn(this.drive);
    if (!this.isAlive()) this.turn.unref();
  }
  isAlive() {
    const { installation } = this;
    return (
      installation.openHandles().some((handle) => handle.keepsAlive) ||
      installation.pendingTimers().some((timer) => timer.hasRef())
    );
  }
  /** Takes events until one of them may have called a program. */
  advance(leave) {
    const { sim, quiet, events } = this;
    do {
      const { nextAtMs } = sim.network.schedule;
      if (leave === 'due' && nextAtMs > sim.nowMs) return;
      if (nextAtMs > sim.nowMs && nextAtMs !== Number.POSITIVE_INFINITY && !this.allowsThreads)
        quiet.expectToKnow();
      if (!events.take()) {
        this.beIdle();
        return;
      }
      this.idleSinceMs = null;
    } while (events.hasCalledNobody);
  }
  /** Nothing is left to happen. Something from outside may still come, so it is believed only after a while. */
  beIdle() {
    this.idleSinceMs ??= real.nowMs();
    if (real.nowMs() - this.idleSinceMs < PATIENCE_MS) return;
    const open = this.installation.describeOpen();
    this.installation.disposeAll();
    throw new ProgramError(
      'ERR_NEVER_SETTLES',
      `at ${this.sim.nowMs} ms nothing is left to happen, and the process waits for\n${open.map((line) => `  ${line}`).join('\n')}`,
    );
  }
}
