import type { ToldRun } from '../../harness/verify/job.ts';
import { Pool } from '../../harness/verify/pool.ts';
import { ThreadLostError } from '../../harness/verify/thread.ts';
import { parseReplay } from '../../sim/index.ts';
import { outliveReaders } from '../outlive-readers.ts';

/** Runs one recorded schedule, and prints its trace, its deviations and what came of it. */
export async function replayOne(
  schedule: string,
  runTimeoutMs: number,
  modules: readonly string[],
): Promise<void> {
  parseReplay(schedule);
  // Whatever may end this process before its time: that is no success.
  process.exitCode = 2;
  outliveReaders();
  const onOutput = (text: string): boolean => process.stderr.write(text);
  const pool = new Pool({ threads: 1, runTimeoutMs, onOutput });
  try {
    const { failure, ...run } = await pool.replay(modules, schedule);
    print(run, failure);
  } catch (error) {
    if (!(error instanceof ThreadLostError) || !error.isLoaded) throw error;
    const told = error.stuck?.run ?? { replay: '', deviations: [], trace: '' };
    const law = error.how === 'stuck' ? 'every run ends' : 'a program leaves its process alone';
    print(told, { law, message: error.message });
  } finally {
    await pool.end();
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
