import type { Command } from 'commander';
import { type Call, type OptionTable } from './options.ts';
/** Reads a call without operands whose options may also stand in the file that `--config` names. */
export declare function readConfigured<Table extends OptionTable>(
  command: Command,
  table: Table,
): Call<Table>;
