import type { Command } from 'commander';
import { readConfigFile } from './config-file.ts';
import { type Call, type OptionTable, readCall } from './options.ts';

/** Reads a call without operands whose options may also stand in the file that `--config` names. */
export function readConfigured<Table extends OptionTable>(command: Command, table: Table): Call<Table> {
  const problems: string[] = [];
  const { config } = command.opts() as { config?: unknown };
  const fromFile = typeof config === 'string' ? readConfigFile(config, table, problems) : undefined;
  const call = readCall(command, table, 0, fromFile);
  call.problems.unshift(...problems);
  return call;
}
