import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { ArgumentError } from '../core/index.ts';
import { addToCorpus, CorpusError, corpusFile, readCorpus } from '../harness/verify/corpus.ts';
import { loadScenarios } from '../harness/verify/load-scenarios.ts';
import { planJobs } from '../harness/verify/plan.ts';
import { runJobs } from '../harness/verify/pool.ts';
import { replay } from '../harness/verify/replay.ts';
import { ReportFileError, reportFile, writeReportFile } from '../harness/verify/report-file.ts';
import { parseShard, seedOf, shardFromEnvironment } from '../harness/verify/shard.ts';
import { mergeReports, type Report, SimulationError } from '../sim/index.ts';
import { addOptions, flag, option, readCall, throwProblems, type ValuesOf } from './options.ts';
import { CommandError, UsageError } from './usage-error.ts';
import { count, duration, oneOf, text, ValueProblem } from './values.ts';
import { exitCodeOf } from './verify-exit-code.ts';
import { VerifyProgress } from './verify-progress.ts';
import { scenarioLine, summary } from './verify-summary.ts';

const VERIFY_OPTIONS = {
  budget: option('--budget <time>', 'wall time for each scenario', duration),
  schedules: option('--schedules <n>', 'schedules to run for each scenario', count(1)),
  deviations: option('--deviations <k>', 'every schedule with up to k deviations', count(0, 20)),
  method: option(
    '--method <m>',
    'how to search',
    oneOf('portfolio', 'exhaustive', 'bounded', 'pct', 'swarm', 'random'),
  ),
  weather: option('--weather <w>', 'how rough', oneOf('calm', 'breeze', 'storm')),
  seed: option('--seed <x>', 'a number, or any text such as a git hash', text, '1'),
  shard: option('--shard <i/n>', 'part i of n, for n machines (default: from CI variables)', (value) => {
    try {
      return parseShard(value);
    } catch (error) {
      throw new ValueProblem((error as Error).message);
    }
  }),
  threads: option('--threads <n>', 'worker threads (default: one a core)', count(1, 256)),
  report: option('--report <file>', 'write the reports as JSON', text),
  replay: option('--replay <string>', 'run one recorded schedule, and print what happens', text),
  corpus: option(
    '--corpus <folder>',
    'keep failing schedules here, and run them first',
    text,
    '.foulweather',
  ),
  withoutCorpus: flag('--without-corpus', 'keep nothing'),
  requireComplete: flag('--require-complete', 'exit with 3 if a bound was not completed'),
  failOnSilentFault: flag('--fail-on-silent-fault', 'exit with 1 if an enabled fault never happened'),
};

const EXAMPLES = `
Scenario modules are TypeScript or JavaScript files that export scenarios; without any, the shipped ones are run.

Examples:
  foulweather verify                             echo and forwarder, under every schedule
  foulweather verify test/scenarios.ts --budget 60s --seed $(git rev-parse HEAD)
  foulweather verify --deviations 2 --shard 2/4 --report part-2.json
  foulweather verify --replay fw1.echo-1x3.t.4sp2-3.k1x8yq5

Exit codes: 0 all held, 1 a promise was broken, 2 usage, 3 not complete and --require-complete
`;

type Values = ValuesOf<typeof VERIFY_OPTIONS>;

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
  const { values, operands, problems } = readCall(command, VERIFY_OPTIONS, Number.POSITIVE_INFINITY);
  throwProblems(problems);
  try {
    if (values.replay !== undefined) await replayOne(values.replay, operands);
    else await verify(values, operands);
  } catch (error) {
    if (error instanceof ArgumentError || (error instanceof SimulationError && error.code === 'ERR_REPLAY'))
      throw new UsageError([error.message]);
    if (error instanceof CorpusError || error instanceof ReportFileError)
      throw new CommandError(error.message, 2);
    throw error;
  }
}

async function verify(values: Values, modules: readonly string[]): Promise<void> {
  const startedMs = performance.now();
  const found = await loadScenarios(modules);
  const threads = values.threads ?? availableParallelism();
  const settings = {
    schedules: values.schedules,
    budgetMs: values.budget,
    deviations: values.deviations,
    method: values.method,
    weather: values.weather,
    seed: seedOf(values.seed),
    shard: values.shard ?? shardFromEnvironment(process.env) ?? { index: 0, count: 1 },
  };
  const known = (scenario: string): readonly string[] =>
    values.withoutCorpus ? [] : readCorpus(corpusFile(values.corpus, scenario));
  const jobs = planJobs(found, modules, settings, threads, known);
  const progress = new VerifyProgress(process.stderr);
  const parts = new Map<string, (Report | null)[]>();
  for (const { scenario } of jobs) parts.set(scenario, [...(parts.get(scenario) ?? []), null]);
  await runJobs(jobs, {
    threads,
    onProgress: (schedules) => progress.show(schedules),
    onReport: (job, report) => {
      const reports = parts.get(job.scenario)!;
      reports[reports.indexOf(null)] = report;
      if (!reports.includes(null)) progress.print(`${scenarioLine(mergeReports(reports as Report[]))}\n`);
    },
  });
  progress.end();
  const reports = [...parts.values()].map((list) => mergeReports(list as Report[]));
  const elapsedMs = performance.now() - startedMs;
  process.stdout.write(`${summary(reports, elapsedMs, modules)}\n`);
  // Before the report, so that a report file that cannot be written loses no failure.
  for (const { scenario, failure } of reports) {
    if (failure !== null && failure.nondeterminism === null && !values.withoutCorpus)
      addToCorpus(corpusFile(values.corpus, scenario), failure.replay);
  }
  if (values.report !== undefined) {
    const { shard, ...told } = settings;
    writeReportFile(values.report, reportFile(shard, { modules, ...told }, reports, elapsedMs));
  }
  process.exitCode = exitCodeOf(reports, values);
}

async function replayOne(string: string, modules: readonly string[]): Promise<void> {
  const { run, trace, deviations } = replay(string, await loadScenarios(modules));
  const lines = [trace, '', `${deviations.length} deviation${deviations.length === 1 ? '' : 's'}`];
  lines.push(...deviations.map((sentence, index) => `  ${index + 1}. ${sentence}`), '');
  if (run.failure === null) lines.push('All promises held in this schedule.');
  else
    lines.push(
      `Broken: ${run.failure.law}`,
      `  ${run.failure.error instanceof Error ? run.failure.error.message : String(run.failure.error)}`,
    );
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = run.failure === null ? 0 : 1;
}
