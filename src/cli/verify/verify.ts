import type { Command } from 'commander';
import { ArgumentError } from '../../core/index.ts';
import { CorpusError } from '../../harness/verify/corpus.ts';
import { ReportFileError } from '../../harness/verify/report-file.ts';
import { SimulationError } from '../../sim/index.ts';
import { addOptions, longName, readCall, throwProblems } from '../arguments/options.ts';
import { CommandError, UsageError } from '../usage-error.ts';
import { VERIFY_OPTIONS } from './verify-options.ts';
import { replayOne } from './verify-replay.ts';
import { runVerify } from './verify-run.ts';

const EXAMPLES = `
Scenario modules are TypeScript or JavaScript files that export scenarios; without any, the shipped ones are run.

Examples:
  foulweather verify                             echo and forwarder, under every schedule
  foulweather verify test/scenarios.ts --budget 60s --seed $(git rev-parse HEAD)
  foulweather verify --deviations 2 --shard 2/4 --report part-2.json
  foulweather verify --replay fw2.echo-1x3.t.4sp2-3.k1x8yq5-njy11o

Exit codes: 0 all held, 1 a promise was broken, 2 usage, 3 not complete and --require-complete,
129, 130 and 143 stopped by SIGHUP, SIGINT and SIGTERM
`;

const USED_BY_REPLAY = ['replay', 'runTimeout', 'loadTimeout'];

/** `foulweather verify` */
export function registerVerify(program: Command): void {
  const command = program
    .command('verify')
    .usage('[options] [scenario modules…]')
    .description('Run scenarios under many schedules of a flaky network, every one where it can be.')
    .addHelpText('after', EXAMPLES)
    .action(() => run(command));
  addOptions(command, VERIFY_OPTIONS);
}

async function run(command: Command): Promise<void> {
  const call = readCall(command, VERIFY_OPTIONS, Number.POSITIVE_INFINITY);
  const { values, operands, problems, given } = call;
  if (values.runTimeout === 0) problems.push('--run-timeout must be more than 0');
  if (values.loadTimeout === 0) problems.push('--load-timeout must be more than 0');
  if (values.budget === 0) problems.push('--budget must be more than 0');
  if (values.withoutCorpus && given.has('corpus'))
    problems.push('--corpus and --without-corpus exclude each other');
  if (values.method === 'exhaustive' && values.deviations !== undefined)
    problems.push('--deviations and --method exhaustive exclude each other: exhaustive has no bound');
  throwProblems(problems);
  try {
    if (values.replay !== undefined) {
      const unused = [...given].filter((key) => !USED_BY_REPLAY.includes(key));
      if (unused.length > 0) {
        const names = unused.map((key) => longName(VERIFY_OPTIONS[key as keyof typeof VERIFY_OPTIONS]));
        process.stderr.write(`--replay runs one schedule, and has no use for ${names.join(', ')}.\n`);
      }
      await replayOne(
        values.replay,
        { runTimeoutMs: values.runTimeout, loadTimeoutMs: values.loadTimeout },
        operands,
      );
    } else await runVerify(values, operands);
  } catch (error) {
    if (error instanceof ArgumentError || (error instanceof SimulationError && error.code === 'ERR_REPLAY'))
      throw new UsageError([error.message]);
    if (error instanceof CorpusError || error instanceof ReportFileError)
      throw new CommandError(error.message, 2);
    throw error;
  }
}
