#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { unknownMessage } from './arguments/nearest.js';
import { COMMANDS } from './command-list.js';
import { CommandError, UsageError } from './usage-error.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
/** Runs one command line. The exit code is left in `process.exitCode`, so that what is under way can finish. */
async function main(argv) {
  const program = new Command('foulweather')
    .description('Tests network programs against a flaky TCP, and forwards, echoes and gets for real.')
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const register of COMMANDS) register(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ outputError: () => {} });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, program, argv);
  }
}
/** Says what went wrong on standard error, and returns the exit code. */
function report(error, program, argv) {
  const command = program.commands.find((candidate) => argv.includes(candidate.name()));
  const name = command === undefined ? 'foulweather' : `foulweather ${command.name()}`;
  const hint = `Run "${name} --help" for what it takes.\n`;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2;
    const known = (command ?? program).commands.map((candidate) => candidate.name());
    const isUnknown = error.code === 'commander.unknownCommand';
    const words = argv.filter((argument) => !argument.startsWith('-'));
    const word = words[command === undefined ? 0 : 1] ?? '';
    const message = isUnknown
      ? unknownMessage('command', word, known)
      : error.message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)/, '; did you mean $1?');
    process.stderr.write(`${name}: ${message}\n${hint}`);
    return 2;
  }
  if (error instanceof UsageError) {
    const { problems } = error;
    if (problems.length === 1) process.stderr.write(`${name}: ${problems[0]}\n${hint}`);
    else
      process.stderr.write(
        `${name}: ${problems.length} problems\n${problems.map((line) => `  ${line}\n`).join('')}${hint}`,
      );
    return 2;
  }
  if (error instanceof CommandError) {
    if (error.message !== '') process.stderr.write(`${name}: ${error.message}\n`);
    return error.exitCode;
  }
  throw error;
}
void main(process.argv.slice(2));
