// The options of the benchmarks: `--help` prints what they are, and a bad one is one clear line and exit code 2.
import { parseArgs } from 'node:util';

/**
 * The options of this call by name. `specs` holds for each a default and what it is for; with a number as default it
 * takes whole numbers above 0, with `isFraction` others too. Extra words are refused. `notes` ends the help.
 */
export function readOptions(command, specs, notes = []) {
  const options = Object.fromEntries(Object.keys(specs).map((name) => [name, { type: 'string' }]));
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log([usage(command, specs), ...notes].join('\n'));
      process.exit(0);
    }
    return Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [name, readValue(name, spec, values[name])]),
    );
  } catch (error) {
    console.error(`${command}: ${error.message.split('\n')[0]}`);
    process.exit(2);
  }
}

function readValue(name, { byDefault, isFraction = false }, text) {
  if (text === undefined) return byDefault;
  if (typeof byDefault !== 'number') return text;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > 0 && (isFraction ? Number.isFinite(value) : Number.isInteger(value))) return value;
  throw new Error(
    `--${name} must be a ${isFraction ? '' : 'whole '}number above 0, got ${JSON.stringify(text)}`,
  );
}

function usage(command, specs) {
  const lines = Object.entries(specs).map(([name, { byDefault, about }]) => {
    const shown = byDefault === undefined || byDefault === '' ? '' : ` (default ${byDefault})`;
    return `  --${name.padEnd(12)}${about}${shown}`;
  });
  return [`Usage: ${command} -- [options]`, '', ...lines].join('\n');
}
