// One table of options serves commander, the configuration file, the help and the checks, and everything that is
// wrong with a call is found before it is said.
import { Option } from 'commander';
import { assert } from '../../core/index.js';
import { UsageError } from '../usage-error.js';
import { unknownMessage } from './nearest.js';
import { ValueProblem } from './values.js';
export function option(flags, description, parse, byDefault) {
  return { flags, description, parse, default: byDefault, isRepeatable: false };
}
/** An option that may be given more than once. */
export function repeated(flags, description, parse) {
  return {
    flags,
    description,
    parse: parse,
    default: [],
    isRepeatable: true,
  };
}
export function flag(flags, description) {
  return { flags, description, parse: null, default: false, isRepeatable: false };
}
/** `--local-port` of `-p, --local-port <port>`. */
export function longName(spec) {
  return /--[a-z-]+/.exec(spec.flags)[0];
}
/** Declares the options. A value is optional to commander, so that a missing one is found here, among the rest. */
export function addOptions(command, table) {
  for (const [key, spec] of Object.entries(table)) {
    const declared = new Option(spec.flags.replace(/<(.*)>/, '[$1]'), describe(spec));
    assert(
      declared.attributeName() === key,
      `the option ${spec.flags} needs the key ${declared.attributeName()}`,
    );
    if (spec.isRepeatable) {
      declared.argParser((value, before) => [...(before ?? []), value]);
    }
    command.addOption(declared);
  }
  command.allowUnknownOption().allowExcessArguments();
  command.configureHelp({ optionTerm: (declared) => declared.flags.replace(/\[(.*)\]/, '<$1>') });
}
function describe(spec) {
  const { default: byDefault } = spec;
  if (byDefault === undefined || typeof byDefault === 'boolean' || Array.isArray(byDefault))
    return spec.description;
  return spec.description.includes('(')
    ? spec.description
    : `${spec.description} (default: ${String(byDefault)})`;
}
const NO_CONFIG = { path: '', values: new Map() };
/** Reads what commander and the configuration file gave. Throws nothing: problems are collected. */
export function readCall(command, table, operandCount, config = NO_CONFIG) {
  const problems = [];
  const operands = readOperands(command, table, operandCount, problems);
  const values = {};
  const given = new Set();
  const raw = command.opts();
  for (const [key, spec] of Object.entries(table)) {
    const isConfigured = raw[key] === undefined && config.values.has(key);
    const value = isConfigured ? config.values.get(key) : raw[key];
    if (value !== undefined) given.add(key);
    const name = isConfigured ? `${config.path}: ${key}` : longName(spec);
    values[key] = value === undefined ? spec.default : readValue(spec, name, value, problems);
  }
  return { values: values, operands, given, problems };
}
/** Throws UsageError if anything is wrong. */
export function throwProblems(problems) {
  if (problems.length > 0) throw new UsageError(problems);
}
function readOperands(command, table, operandCount, problems) {
  const operands = [];
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
function readValue(spec, name, value, problems) {
  const { parse } = spec;
  if (parse === null) {
    if (typeof value !== 'boolean')
      problems.push(`${name} is a switch: true or false, got ${JSON.stringify(value)}`);
    return value;
  }
  const parseOne = (one) => {
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
