import { readConfigFile } from './config-file.js';
import { readCall } from './options.js';
/** Reads a call without operands whose options may also stand in the file that `--config` names. */
export function readConfigured(command, table) {
  const problems = [];
  const { config } = command.opts();
  const fromFile = typeof config === 'string' ? readConfigFile(config, table, problems) : undefined;
  const call = readCall(command, table, 0, fromFile);
  call.problems.unshift(...problems);
  return call;
}
