import type { ToldRun } from '../../harness/verify/job.ts';
import { lawOf, Pool, type PoolOptions } from '../../harness/verify/pool.ts';
import { ThreadLostError } from '../../harness/verify/thread.ts';
import { parseReplay } from '../../sim/index.ts';
import { outliveReaders } from '../outlive-readers.ts';
import { killAtEnd } from '../stop-signal.ts';

/** Runs one recorded schedule, and prints its trace, its deviations and what came of it. */
export async function replayOne(
  schedule: string,
  timeouts: Pick<PoolOptions, 'runTimeoutMs' | 'loadTimeoutMs'>,
  modules: readonly string[],
): Promise<void> {
  parseReplay(schedule);
  // Whatever may end this process before its time: that is no success.
  process.exitCode = 2;
  outliveReaders();
  const onOutput = (text: string): boolean => process.stderr.write(text);
  const pool = new Pool({ threads: 1, ...timeouts, onOutput });
  try {
    const { failure, ...run } = await pool.replay(modules, schedule);
    print(run, failure);
  } catch (error) {
    if (!(error instanceof ThreadLostError) || !error.isLoaded) throw error;
    const told = error.stuck?.run ?? { replay: '', deviations: [], trace: '' };
    print(told, { law: lawOf(error.how), message: error.message });
  } finally {
    if (!(await pool.end())) killAtEnd(null);
  }
}

function print(
  { trace, deviations }: ToldRun,
  failure: { readonly law: string; readonly message: string } | null,
): void {
  const lines = [trace, '', `${deviations.length} deviation${deviations.length === 1 ? '' : 's'}`];
  lines.push(...deviations.map((sentence, index) => `  ${index + 1}. ${sentence}`), '');
  if (failure === null) lines.push('All promises held in this schedule.');
  else lines.push(`Broken: ${failure.law}`, `  ${failure.message}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = failure === null ? 0 : 1;
}
