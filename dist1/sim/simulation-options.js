// What a simulation, a host and a run can be told.
import { checkBoolean, checkOptions, show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
import { Decisions } from './decisions/decisions.js';
import { Arena } from './tcp/arena.js';
/** Throws ArgumentError for what a simulation would stumble over later. */
export function checkSimulationOptions(options) {
  checkOptions('options', options);
  const { arena, decisions, fingerprints, log, trace } = options;
  if (trace !== undefined) checkBoolean('trace', trace);
  if (fingerprints !== undefined) checkBoolean('fingerprints', fingerprints);
  if (arena !== undefined && !(arena instanceof Arena)) throw wrongOption('arena', 'an Arena', arena);
  if (decisions !== undefined && !(decisions instanceof Decisions))
    throw wrongOption('decisions', 'Decisions', decisions);
  if (log !== undefined && typeof log !== 'function') throw wrongOption('log', 'a function', log);
}
function wrongOption(name, wanted, found) {
  return new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be ${wanted}, got ${show(found)}`);
}
