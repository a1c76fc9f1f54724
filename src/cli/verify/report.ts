import type { Command } from 'commander';
import {
  mergeReportFiles,
  missingParts,
  ReportFileError,
  readReportFile,
  writeReportFile,
} from '../../harness/verify/report-file.ts';
import { addOptions, flag, option, readCall, throwProblems } from '../arguments/options.ts';
import { text } from '../arguments/values.ts';
import { outliveReaders } from '../outlive-readers.ts';
import { CommandError } from '../usage-error.ts';
import { exitCodeOf } from './verify-exit-code.ts';
import { scenarioLine, summary } from './verify-summary.ts';

const MERGE_OPTIONS = {
  out: option('--out <file>', 'write the joined report here', text),
  requireComplete: flag(
    '--require-complete',
    'exit with 3 if a bound was not completed, or a part is missing',
  ),
  requireFaults: flag('--require-faults', 'exit with 1 if an enabled fault never happened'),
  requireSometimes: flag('--require-sometimes', 'exit with 1 if a sometimes never held'),
};

const EXAMPLES = `
Examples:
  foulweather report merge part-1.json part-2.json
  foulweather report merge part-*.json --out whole.json --require-complete

Exit codes: those of foulweather verify, for all parts together
`;

/** `foulweather report merge` */
export function registerReport(program: Command): void {
  const report = program.command('report').description('Join the reports of verify --report.');
  const merge = report
    .command('merge')
    .usage('[options] <report files…>')
    .description('Join the reports of the parts of one search (verify --shard) to one.')
    .addHelpText('after', EXAMPLES)
    .action(() => run(merge));
  addOptions(merge, MERGE_OPTIONS);
}

function run(command: Command): void {
  const { values, operands, problems } = readCall(command, MERGE_OPTIONS, Number.POSITIVE_INFINITY);
  if (operands.length === 0) problems.push('which reports? Name the files that verify --report wrote');
  const twice = operands.find((file, index) => operands.indexOf(file) < index);
  if (twice !== undefined) problems.push(`${twice} is named twice`);
  throwProblems(problems);
  outliveReaders();
  try {
    const whole = mergeReportFiles(new Map(operands.map((file) => [file, readReportFile(file)])));
    const { reports, elapsedMs, homes } = whole;
    for (const report of reports) process.stderr.write(`${scenarioLine(report)}\n`);
    process.stdout.write(`${summary(reports, elapsedMs, homes, values)}\n`);
    const missing = missingParts(whole);
    if (missing.length > 0) process.stdout.write(`Parts that are missing: ${missing.join(', ')}.\n`);
    if (values.out !== undefined) writeReportFile(values.out, whole);
    process.exitCode = exitCodeOf(reports, values);
  } catch (error) {
    if (error instanceof ReportFileError) throw new CommandError(error.message, 2);
    throw error;
  }
}
