import { type Command } from 'commander';
import { type Parser } from './values.ts';
/** One option. Its key is its long name in camel case; the configuration file may use either. */
export interface OptionSpec<T> {
  /** As in the help: `-p, --port <port>`. Without a value it is a switch. */
  readonly flags: string;
  readonly description: string;
  readonly parse: Parser<T> | null;
  readonly default: T | undefined;
  readonly isRepeatable: boolean;
}
export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>;
export type ValuesOf<Table extends OptionTable> = {
  readonly [Key in keyof Table]: Table[Key] extends OptionSpec<infer T> ? T : never;
};
/** An option with a value; without a default it may be absent. */
export declare function option<T>(
  flags: string,
  description: string,
  parse: Parser<T>,
): OptionSpec<T | undefined>;
export declare function option<T>(
  flags: string,
  description: string,
  parse: Parser<T>,
  byDefault: T,
): OptionSpec<T>;
/** An option that may be given more than once. */
export declare function repeated<T>(
  flags: string,
  description: string,
  parse: Parser<T>,
): OptionSpec<readonly T[]>;
export declare function flag(flags: string, description: string): OptionSpec<boolean>;
/** `--local-port` of `-p, --local-port <port>`. */
export declare function longName(spec: OptionSpec<unknown>): string;
/** Declares the options. A value is optional to commander, so that a missing one is found here, among the rest. */
export declare function addOptions(command: Command, table: OptionTable): void;
export interface Call<Table extends OptionTable> {
  readonly values: ValuesOf<Table>;
  /** The arguments that are not options. */
  readonly operands: readonly string[];
  /** Whether an option was given, on the command line or in the configuration file. */
  readonly given: ReadonlySet<string>;
  /** What is wrong so far; the command adds what it finds, then calls `throwProblems`. */
  readonly problems: string[];
}
/** The options of a configuration file, by key. */
export interface Config {
  readonly path: string;
  readonly values: ReadonlyMap<string, unknown>;
}
/** Reads what commander and the configuration file gave. Throws nothing: problems are collected. */
export declare function readCall<Table extends OptionTable>(
  command: Command,
  table: Table,
  operandCount: number,
  config?: Config,
): Call<Table>;
/** Throws UsageError if anything is wrong. */
export declare function throwProblems(problems: readonly string[]): void;
