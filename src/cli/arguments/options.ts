// One table of options serves commander, the configuration file, the help and the checks, and everything that is
// wrong with a call is found before it is said.
import { type Command, Option } from 'commander';
import { assert } from '../../core/index.ts';
import { UsageError } from '../usage-error.ts';
import { unknownMessage } from './nearest.ts';
import { type Parser, ValueProblem } from './values.ts';

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
export function option<T>(flags: string, description: string, parse: Parser<T>): OptionSpec<T | undefined>;
export function option<T>(flags: string, description: string, parse: Parser<T>, byDefault: T): OptionSpec<T>;
export function option<T>(
  flags: string,
  description: string,
  parse: Parser<T>,
  byDefault?: T,
): OptionSpec<T | undefined> {
  return { flags, description, parse, default: byDefault, isRepeatable: false };
}

/** An option that may be given more than once. */
export function repeated<T>(flags: string, description: string, parse: Parser<T>): OptionSpec<readonly T[]> {
  return {
    flags,
    description,
    parse: parse as unknown as Parser<readonly T[]>,
    default: [],
    isRepeatable: true,
  };
}

export function flag(flags: string, description: string): OptionSpec<boolean> {
  return { flags, description, parse: null, default: false, isRepeatable: false };
}

/** `--local-port` of `-p, --local-port <port>`. */
export function longName(spec: OptionSpec<unknown>): string {
  return /--[a-z-]+/.exec(spec.flags)![0];
}

/** Declares the options. A value is optional to commander, so that a missing one is found here, among the rest. */
export function addOptions(command: Command, table: OptionTable): void {
  for (const [key, spec] of Object.entries(table)) {
    const declared = new Option(spec.flags.replace(/<(.*)>/, '[$1]'), describe(spec));
    assert(
      declared.attributeName() === key,
      `the option ${spec.flags} needs the key ${declared.attributeName()}`,
    );
    if (spec.isRepeatable) {
      declared.argParser((value: string | true, before: (string | true)[] | undefined) => [
        ...(before ?? []),
        value,
      ]);
    }
    command.addOption(declared);
  }
  command.allowUnknownOption().allowExcessArguments();
  command.configureHelp({ optionTerm: (declared) => declared.flags.replace(/\[(.*)\]/, '<$1>') });
}

function describe(spec: OptionSpec<unknown>): string {
  const { default: byDefault } = spec;
  if (byDefault === undefined || typeof byDefault === 'boolean' || Array.isArray(byDefault))
    return spec.description;
  return spec.description.includes('(')
    ? spec.description
    : `${spec.description} (default: ${String(byDefault)})`;
}

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

const NO_CONFIG: Config = { path: '', values: new Map() };

/** Reads what commander and the configuration file gave. Throws nothing: problems are collected. */
export function readCall<Table extends OptionTable>(
  command: Command,
  table: Table,
  operandCount: number,
  config: Config = NO_CONFIG,
): Call<Table> {
  const problems: string[] = [];
  const operands = readOperands(command, table, operandCount, problems);
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  const raw = command.opts() as Record<string, unknown>;
  for (const [key, spec] of Object.entries(table)) {
    const isConfigured = raw[key] === undefined && config.values.has(key);
    const value = isConfigured ? config.values.get(key) : raw[key];
    if (value !== undefined) given.add(key);
    const name = isConfigured ? `${config.path}: ${key}` : longName(spec);
    values[key] = value === undefined ? spec.default : readValue(spec, name, value, problems);
  }
  return { values: values as ValuesOf<Table>, operands, given, problems };
}

/** Throws UsageError if anything is wrong. */
export function throwProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError(problems);
}

function readOperands(
  command: Command,
  table: OptionTable,
  operandCount: number,
  problems: string[],
): string[] {
  const operands: string[] = [];
  const known = ['--help', ...Object.values(table).map(longName)];
  let isAfterUnknown = false;
  for (const argument of command.args) {
    if (argument.startsWith('-') && argument.length > 1) {
      const [name, value] = argument.split('=');
      if (value !== undefined && known.includes(name))
        problems.push(`${name} takes no value, got "${value}"`);
      else problems.push(unknownMessage('option', name, known));
      isAfterUnknown = !argument.includes('=');
    } else {
      // What follows an unknown option is probably its value, which is not another problem.
      if (!isAfterUnknown || operands.length < operandCount) operands.push(argument);
      isAfterUnknown = false;
    }
  }
  for (const extra of operands.splice(operandCount)) problems.push(`too many arguments: "${extra}"`);
  return operands;
}

function readValue(spec: OptionSpec<unknown>, name: string, value: unknown, problems: string[]): unknown {
  const { parse } = spec;
  if (parse === null) {
    if (typeof value !== 'boolean')
      problems.push(`${name} is a switch: true or false, got ${JSON.stringify(value)}`);
    return value;
  }
  const parseOne = (one: unknown): unknown => {
    if (typeof one !== 'string' && typeof one !== 'number') {
      // Commander gives `true` for an option without its value; a configuration file may give anything.
      const isMissing = one === true && name.startsWith('--');
      const needs = isMissing
        ? `needs a value: ${spec.flags}`
        : `must be text or a number, got ${JSON.stringify(one)}`;
      problems.push(`${name} ${needs}`);
      return undefined;
    }
    try {
      return parse(String(one));
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      problems.push(`${name} ${error.message}`);
      return undefined;
    }
  };
  if (!spec.isRepeatable) return parseOne(value);
  return (Array.isArray(value) ? value : [value]).map(parseOne);
}
