import { availableParallelism } from 'node:os';
import { addToCorpus, CorpusError, corpusFile, readCorpus } from '../../harness/verify/corpus.ts';
import { emptyReport } from '../../harness/verify/failed-report.ts';
import type { Job, ListedScenario } from '../../harness/verify/job.ts';
import { planJobs } from '../../harness/verify/plan.ts';
import { Pool } from '../../harness/verify/pool.ts';
import { expectWritable, reportFile, writeReportFile } from '../../harness/verify/report-file.ts';
import { seedOf, shardFromEnvironment } from '../../harness/verify/shard.ts';
import { ThreadLostError } from '../../harness/verify/thread.ts';
import { mergeReports, type Report } from '../../sim/index.ts';
import { hasLostOutput, outliveReaders } from '../outlive-readers.ts';
import { dieBy, killAtEnd, onStopSignal, type StopSignal, stopExitCode } from '../stop-signal.ts';
import { exitCodeOf } from './verify-exit-code.ts';
import type { VerifyValues } from './verify-options.ts';
import { VerifyProgress } from './verify-progress.ts';
import { scenarioLine, summary } from './verify-summary.ts';

/** Searches all scenarios of the modules, and leaves the exit code in `process.exitCode`. */
export async function runVerify(values: VerifyValues, modules: readonly string[]): Promise<void> {
  const startedMs = performance.now();
  // Whatever may end this process before its time: that is no success.
  process.exitCode = 2;
  outliveReaders();
  if (values.report !== undefined) expectWritable(values.report);
  const found = values.shard === undefined ? shardFromEnvironment(process.env) : null;
  if (found !== null) process.stderr.write(`${found.notice}.\n`);
  const settings = {
    schedules: values.schedules,
    budgetMs: values.budget,
    deviations: values.deviations,
    method: values.method,
    weather: values.weather,
    everyOrder: values.everyOrder,
    seed: seedOf(values.seed),
    shard: values.shard ?? found?.shard ?? { index: 0, count: 1 },
  };
  const threads = values.threads ?? availableParallelism();
  const progress = new VerifyProgress(process.stderr, threads);
  const pool = new Pool({
    threads,
    runTimeoutMs: values.runTimeout,
    loadTimeoutMs: values.loadTimeout,
    onOutput: (text) => progress.note(text),
  });
  const stopped: { signal: StopSignal | null } = { signal: null };
  // At once, whatever its threads do.
  void onStopSignal(dieBy).then((signal) => {
    stopped.signal = signal;
    progress.note('\nStopping; what was found is kept. Once more ends it at once.\n');
    pool.stop();
  });
  try {
    const regressions = (scenario: string): readonly string[] =>
      values.withoutCorpus ? [] : readCorpus(corpusFile(values.corpus, scenario));
    const listed = await pool.list(modules);
    const homes = homesOf(listed);
    const jobs = planJobs(listed, modules, settings, threads, regressions);
    progress.begin(jobs, () => pool.runs);
    const reports = await search(pool, jobs, values, progress);
    progress.end();
    const elapsedMs = performance.now() - startedMs;
    process.stdout.write(`${summary(reports, elapsedMs, homes, values)}\n`);
    if (stopped.signal !== null) process.stdout.write(`Stopped by ${stopped.signal}.\n`);
    if (values.report !== undefined) {
      const { shard, ...told } = settings;
      writeReportFile(
        values.report,
        reportFile(shard, { settings: { modules, ...told }, homes, elapsedMs, reports }),
      );
    }
    const code = hasLostOutput() ? 2 : exitCodeOf(reports, values);
    process.exitCode = stopped.signal === null ? code : stopExitCode(stopped.signal);
  } catch (error) {
    // Stopped while the modules were loaded: there is nothing to keep.
    if (stopped.signal === null || !(error instanceof ThreadLostError)) throw error;
    process.exitCode = stopExitCode(stopped.signal);
  } finally {
    progress.end();
    if (!(await pool.end())) killAtEnd(stopped.signal);
  }
}

/** Which module each scenario is in, for the line that replays it. */
function homesOf(listed: readonly ListedScenario[]): Record<string, string> {
  const homes: Record<string, string> = {};
  for (const { name, module } of listed) if (module !== undefined) homes[name] = module;
  return homes;
}

/** Adds a failing schedule to the corpus. Where that cannot be done it is told, and the search goes on: it has the report. */
function keep(file: string, schedule: string, progress: VerifyProgress): void {
  try {
    addToCorpus(file, schedule);
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    progress.note(`foulweather verify: ${error.message}\n`);
  }
}

/** The reports by scenario, in the order of the jobs. A failure is kept the moment it is known. */
async function search(
  pool: Pool,
  jobs: readonly Job[],
  values: VerifyValues,
  progress: VerifyProgress,
): Promise<Report[]> {
  const parts = new Map<string, { readonly reports: Report[]; left: number; readonly job: Job }>();
  for (const job of jobs) {
    const known = parts.get(job.scenario);
    if (known === undefined) parts.set(job.scenario, { reports: [], left: 1, job });
    else known.left += 1;
  }
  await pool.explore(jobs, (job, report) => {
    const { failure } = report;
    const part = parts.get(job.scenario)!;
    part.reports.push(report);
    part.left -= 1;
    if (failure !== null && failure.nondeterminism === null && failure.replay !== '' && !values.withoutCorpus)
      keep(corpusFile(values.corpus, job.scenario), failure.replay, progress);
    progress.finish(job);
    if (part.left === 0) progress.print(`${scenarioLine(mergeReports(part.reports))}\n`);
  });
  return [...parts.values()].map(({ reports, left, job }) => {
    if (reports.length === 0) return emptyReport(job, undefined, 'not begun', { runs: 0, durationMs: 0 });
    const merged = mergeReports(reports);
    return left === 0 ? merged : { ...merged, isComplete: false, estimatedRemaining: null };
  });
}
