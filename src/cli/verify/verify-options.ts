import { parseShard } from '../../harness/verify/shard.ts';
import { flag, option, type ValuesOf } from '../arguments/options.ts';
import { count, duration, oneOf, text, ValueProblem } from '../arguments/values.ts';

export const VERIFY_OPTIONS = {
  budget: option('--budget <time>', 'wall time for each scenario', duration),
  schedules: option('--schedules <n>', 'schedules to run for each scenario', count(1)),
  deviations: option('--deviations <k>', 'every schedule with up to k deviations', count(0, 20)),
  method: option(
    '--method <m>',
    'how to search',
    oneOf('portfolio', 'exhaustive', 'bounded', 'pct', 'pos', 'swarm', 'random'),
  ),
  everyOrder: flag(
    '--every-order',
    'leave no order out of exhaustive searches, also among separate connections',
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
  runTimeout: option(
    '--run-timeout <time>',
    'one run that takes longer is a failure (default: 30s)',
    duration,
    30_000,
  ),
  // Compiling TypeScript takes its time, on a busy machine above all.
  loadTimeout: option(
    '--load-timeout <time>',
    'a module that takes longer to load is an error (default: 30s)',
    duration,
    30_000,
  ),
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
  requireFaults: flag('--require-faults', 'exit with 1 if an enabled fault never happened'),
  requireSometimes: flag('--require-sometimes', 'exit with 1 if a sometimes never held'),
};

export type VerifyValues = ValuesOf<typeof VERIFY_OPTIONS>;
