import { checkFunction } from '../../core/arguments.js';
import { active } from './active.js';
import { checkInstallOptions, checkRunOptions } from './check-options.js';
import { ProgramError } from './errors.js';
import { install } from './install.js';
import { real } from './real-time.js';
import { runAsync } from './run-async.js';
import { catchUncaught } from './uncaught.js';

/** Turns of the event loop in which what was closed by force tells its owners. */
const FAREWELL_TURNS = 3;
/**
 * Installs `sim`, runs `body` on it, sees that it has left nothing open, and takes it out again, also when the body throws.
 * Once the body has settled, connections that are closing, time-outs of at most a second, and those of libraries, are given
 * time to end; what would keep a process alive after that is ERR_LEFT_OPEN, and so is every longer timer of the test's own.
 */
export async function runProgram(sim, body, options = {}) {
  checkFunction('body', body);
  checkInstallOptions(options);
  checkRunOptions(options);
  // A run that was ended from outside is about to leave.
  if (active.evict !== null) await active.program;
  const installation = install(sim, options);
  let leave = () => {};
  const program = new Promise((resolve) => {
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
async function runInstalled(installation, body, options) {
  const settings = {
    ...options,
    describeOpen: () => installation.describeOpen(),
    isClosing: () =>
      installation.openHandles().some((handle) => handle.keepsAlive) ||
      installation.pendingTimers().some((timer) => timer.hasRef() && timer.isPassing),
    onAborted: () => {
      active.evict = () => installation.remove();
    },
  };
  let timers = [];
  const result = await runAsync(
    installation.sim,
    async () => {
      const given = await body(installation);
      timers = installation.pendingTimers().filter((timer) => timer.hasRef() && !timer.isPassing);
      return given;
    },
    settings,
  );
  if (options.allowOpen !== true) expectClosed(installation, timers);
  expectInside(installation);
  return result;
}
function expectClosed(installation, timers) {
  const late = timers.filter((timer) => timer.hasFired && !installation.pendingTimers().includes(timer));
  const left = [...installation.describeOpen(), ...late.map((timer) => timer.describe())];
  if (left.length === 0) return;
  throw new ProgramError(
    'ERR_LEFT_OPEN',
    `the test is over, and has left open what would keep a process alive; close it, or say allowOpen: true\n${left
      .slice(0, 20)
      .map((line) => `  ${line}`)
      .join('\n')}`,
  );
}
function expectInside({ escapes }) {
  if (escapes.length > 0)
    throw new ProgramError(
      'ERR_ESCAPED',
      `the program has tried to leave the simulation: ${escapes.join('; ')}`,
    );
}
/** Closes what is left, and lets the owners hear of it: pools that outlive the test must not keep dead sockets. */
async function sayFarewell(installation) {
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
  for (let turn = 0; turn < FAREWELL_TURNS; turn += 1) await realTurn();
  installation.disposeAll();
  await realTurn();
  release();
}
function realTurn() {
  return new Promise((resolve) => void real.setImmediate(resolve));
}
