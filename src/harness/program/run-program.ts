import { checkFunction } from '../../core/arguments.ts';
import type { Simulation } from '../../sim/index.ts';
import { active, type PendingTimer } from './active.ts';
import { checkInstallOptions, checkRunOptions } from './check-options.ts';
import { ProgramError } from './errors.ts';
import { DEFAULT_HOST, type Installation, type InstallOptions, install } from './install.ts';
import { takeLastRounds } from './last-rounds.ts';
import { type RunAsyncOptions, type RunAsyncSettings, runAsync } from './run-async.ts';
import { catchUncaught } from './uncaught.ts';

export interface RunProgramOptions extends InstallOptions, RunAsyncOptions {
  /** Whether the body may leave sockets, servers and timers open. Default false. */
  readonly allowOpen?: boolean;
}

/** Turns of the event loop in which what was closed by force tells its owners. */
const FAREWELL_TURNS = 3;

/**
 * Installs `sim`, runs `body` on it, sees that it has left nothing open, and takes it out again, also when the body throws.
 * Once the body has settled, connections that are closing, time-outs of at most a second, and those of libraries, are given
 * time to end; what would keep a process alive after that is ERR_LEFT_OPEN, and so is every longer timer of the test's own.
 */
export async function runProgram<T>(
  sim: Simulation,
  body: (installation: Installation) => T | Promise<T>,
  options: RunProgramOptions = {},
): Promise<T> {
  checkFunction('body', body);
  checkInstallOptions(options);
  checkRunOptions(options);
  // A run that was ended from outside is about to leave.
  if (active.evict !== null) await active.program;
  const installation = install(sim, options);
  let leave = (): void => {};
  const program = new Promise<void>((resolve) => {
    leave = resolve;
  });
  active.program = program;
  try {
    return await runInstalled(installation, body, options);
  } finally {
    try {
      await sayFarewell(installation);
    } finally {
      if (active.program === program) Object.assign(active, { evict: null, program: null });
      installation.remove();
      leave();
    }
  }
}

async function runInstalled<T>(
  installation: Installation,
  body: (installation: Installation) => T | Promise<T>,
  options: RunProgramOptions,
): Promise<T> {
  const settings: RunAsyncSettings = {
    ...options,
    describeOpen: () => installation.describeOpen(),
    isClosing: () =>
      installation.openHandles().some((handle) => handle.keepsAlive) ||
      installation.pendingTimers().some((timer) => timer.hasRef() && timer.isPassing),
    onAborted: () => {
      active.evict = () => installation.remove();
    },
  };
  const { sim } = installation;
  let timers: PendingAtEnd[] = [];
  const result = await runAsync(
    sim,
    async () => {
      // Also code of the default host is known by it, so that it can be told apart when the run is over.
      const given = await sim.host(options.host ?? DEFAULT_HOST).run(() => body(installation));
      timers = installation
        .pendingTimers()
        .filter((timer) => timer.hasRef() && !timer.isPassing)
        .map((timer) => ({ timer, fireCount: timer.fireCount }));
      return given;
    },
    settings,
  );
  if (options.allowOpen !== true) expectClosed(installation, timers);
  expectInside(installation);
  return result;
}

/** A timer that was set when the body ended, and how often it had fired by then. */
interface PendingAtEnd {
  readonly timer: PendingTimer;
  readonly fireCount: number;
}

function expectClosed(installation: Installation, timers: readonly PendingAtEnd[]): void {
  const late = timers.filter(
    ({ timer, fireCount }) => timer.fireCount > fireCount && !installation.pendingTimers().includes(timer),
  );
  const left = [...installation.describeOpen(), ...late.map(({ timer }) => timer.describe())];
  if (left.length === 0) return;
  throw new ProgramError(
    'ERR_LEFT_OPEN',
    `the test is over, and has left open what would keep a process alive; close it, or say allowOpen: true\n${left
      .slice(0, 20)
      .map((line) => `  ${line}`)
      .join('\n')}`,
  );
}

function expectInside({ escapes }: Installation): void {
  if (escapes.length > 0)
    throw new ProgramError(
      'ERR_ESCAPED',
      `the program has tried to leave the simulation: ${escapes.join('; ')}`,
    );
}

/** Closes what is left, and lets the owners hear of it: pools that outlive the test must not keep dead sockets. */
async function sayFarewell(installation: Installation): Promise<void> {
  // Evicted: another one is installed, and errors that nobody handles are that one's.
  if (active.installation !== installation) return;
  const release = catchUncaught(() => {});
  const { evict } = active;
  if (evict !== null)
    active.evict = () => {
      release();
      evict();
    };
  installation.disposeAll();
  const isOfProgram = (): boolean => installation.isProgram();
  await takeLastRounds(FAREWELL_TURNS, isOfProgram);
  installation.disposeAll();
  await takeLastRounds(1, isOfProgram);
  release();
}
