import { type ValuesOf } from '../arguments/options.ts';
export declare const VERIFY_OPTIONS: {
  budget: import('../arguments/options.ts').OptionSpec<number | undefined>;
  schedules: import('../arguments/options.ts').OptionSpec<number | undefined>;
  deviations: import('../arguments/options.ts').OptionSpec<number | undefined>;
  method: import('../arguments/options.ts').OptionSpec<
    'bounded' | 'exhaustive' | 'pct' | 'portfolio' | 'pos' | 'random' | 'swarm' | undefined
  >;
  weather: import('../arguments/options.ts').OptionSpec<'breeze' | 'calm' | 'storm' | undefined>;
  seed: import('../arguments/options.ts').OptionSpec<string>;
  shard: import('../arguments/options.ts').OptionSpec<import('../../index.ts').Shard | undefined>;
  threads: import('../arguments/options.ts').OptionSpec<number | undefined>;
  runTimeout: import('../arguments/options.ts').OptionSpec<number>;
  report: import('../arguments/options.ts').OptionSpec<string | undefined>;
  replay: import('../arguments/options.ts').OptionSpec<string | undefined>;
  corpus: import('../arguments/options.ts').OptionSpec<string>;
  withoutCorpus: import('../arguments/options.ts').OptionSpec<boolean>;
  requireComplete: import('../arguments/options.ts').OptionSpec<boolean>;
  requireFaults: import('../arguments/options.ts').OptionSpec<boolean>;
  requireSometimes: import('../arguments/options.ts').OptionSpec<boolean>;
};
export type VerifyValues = ValuesOf<typeof VERIFY_OPTIONS>;
