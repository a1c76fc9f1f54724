// One run of a program's body under one strategy: what runScenario is for scenarios.
import { Decisions, Simulation } from '../../sim/index.js';
import { callSite, ProgramError } from './errors.js';
import { runProgram } from './run-program.js';

/** What says nothing about the program. */
const NO_FAILURES = ['ERR_ABORTED', 'ERR_INSTALLED'];
/** Runs `body` once. What it throws is returned; that it could not be run is thrown. */
export async function runOnce(body, strategy, families, options) {
  const decisions = new Decisions(strategy);
  const sim = new Simulation({ ...options.network, decisions, families, trace: options.trace });
  let sent = [];
  const start = (installation) => {
    sent = installation.sent;
    return body({ sim });
  };
  try {
    await runProgram(sim, start, options);
    // Nothing is run any more; what must hold at the end is asked.
    sim.run({ untilMs: sim.nowMs, allowOpen: true });
    return { failure: null, decisions, sim, sent };
  } catch (error) {
    if (error instanceof ProgramError && NO_FAILURES.includes(error.code)) throw error;
    return { failure: { error, identity: identityOf(error) }, decisions, sim, sent };
  }
}
/** What a failure is called. Numbers in it are addresses, times and counts, and what is quoted was received: both may differ. */
function identityOf(error) {
  if (error instanceof ProgramError) return error.code;
  if (!(error instanceof Error)) return String(error);
  // What an assertion found differs from schedule to schedule; where it stands does not.
  if (error.name === 'AssertionError') return `${error.name} ${callSite(error.stack)}`;
  const { code } = error;
  const firstLine = error.message.split('\n', 1)[0];
  return `${error.name} ${String(code)} ${firstLine.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '""').replace(/\d+/g, '#')}`;
}
