import { ArgumentError } from '../../core/index.js';
import { CorpusError } from '../../harness/verify/corpus.js';
import { ReportFileError } from '../../harness/verify/report-file.js';
import { SimulationError } from '../../sim/index.js';
import { addOptions, readCall, throwProblems } from '../arguments/options.js';
import { CommandError, UsageError } from '../usage-error.js';
import { VERIFY_OPTIONS } from './verify-options.js';
import { replayOne } from './verify-replay.js';
import { runVerify } from './verify-run.js';

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
/** `foulweather verify` */
export function registerVerify(program) {
  const command = program
    .command('verify')
    .usage('[options] [scenario modules…]')
    .description('Run scenarios under many schedules of a flaky network, every one where it can be.')
    .addHelpText('after', EXAMPLES)
    .action(() => run(command));
  addOptions(command, VERIFY_OPTIONS);
}
async function run(command) {
  const { values, operands, problems } = readCall(command, VERIFY_OPTIONS, Number.POSITIVE_INFINITY);
  if (values.runTimeout === 0) problems.push('--run-timeout must be more than 0');
  if (values.method === 'exhaustive' && values.deviations !== undefined)
    problems.push('--deviations and --method exhaustive exclude each other: exhaustive has no bound');
  throwProblems(problems);
  try {
    if (values.replay !== undefined) await replayOne(values.replay, values.runTimeout, operands);
    else await runVerify(values, operands);
  } catch (error) {
    if (error instanceof ArgumentError || (error instanceof SimulationError && error.code === 'ERR_REPLAY'))
      throw new UsageError([error.message]);
    if (error instanceof CorpusError || error instanceof ReportFileError)
      throw new CommandError(error.message, 2);
    throw error;
  }
}
