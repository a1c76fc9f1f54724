// What a caller may say about a search.
import {
  checkBoolean,
  checkDuration,
  checkFunction,
  checkInteger,
  checkList,
  checkOptions,
  checkSeed,
  show,
} from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';
import { type WEATHERS, type Weather, weatherOf } from '../decisions/weather.ts';
import type { Run } from '../scenario.ts';
import { checkDepth } from '../strategies/pct.ts';
import { Arena } from '../tcp/arena.ts';
import type { Shard } from './bounded.ts';
import { Rechecks } from './repeat-run.ts';

/** How a search goes: `portfolio` is regressions, then bounded by deviations, pct, swarm and pos in turn. */
export type Method = 'portfolio' | 'exhaustive' | 'bounded' | 'pct' | 'pos' | 'swarm' | 'random';

export interface ExploreOptions {
  /** Default `portfolio`. */
  readonly method?: Method;
  /**
   * Schedules to run at most; with `shard`, by all parts together. Default 20,000; no limit for `exhaustive` and
   * `bounded`, nor with a budget.
   */
  readonly schedules?: number;
  /** Wall time to use at most, by `now`. Default: no limit. */
  readonly budgetMs?: number;
  /** Reads wall time, in milliseconds. Without it there is no budget and no rate. */
  readonly now?: () => number;
  /** For `bounded` and `portfolio`: the number of deviations to go up to. Default: as far as half the schedules go. */
  readonly deviations?: number;
  /** Seeds the sampling. Default 1. */
  readonly seed?: number;
  readonly weather?: Weather | keyof typeof WEATHERS;
  /** For `pct`: the depth, or 1, 2 and 3 in turn. */
  readonly depth?: number;
  /** Replay strings to run first. */
  readonly regressions?: readonly string[];
  readonly shard?: Shard;
  /** Whether to merge equal states in an exhaustive search. Default: if every program has a fingerprint. */
  readonly merge?: boolean;
  /**
   * What an exhaustive search leaves out. `separate`, the default: the orders among connections of hosts that the scenario
   * declares separate (`sim.separate`); nothing where it declares none. `sleep`, without merging: schedules that only
   * swap independent events; it helps where `sim.always` names the hosts it reads, as an invariant that reads all
   * makes all dependent. `none`: nothing.
   */
  readonly prune?: 'none' | 'sleep' | 'separate';
  /**
   * Whether the wall's clock and timers, chance and the real network, used in a scenario, fail it with the place that
   * used them. Default true. The modules of node:net are watched if `foulweather/harness` is loaded.
   */
  readonly tripwires?: boolean;
  /**
   * The share of runs that held which are run again, the first among them, from 0 (none) to 1: one that then goes otherwise is a
   * failure, as it could not be replayed. Default 0.01.
   */
  readonly checkDeterminism?: number;
  /**
   * Sampled runs in which the declaration that connections are independent is checked by swapping pairs of steps, before the
   * search; see `checkIndependence`. Default 12 where orders are left out because of it, else 0.
   */
  readonly checkIndependence?: number;
  /** Whether a family that could deviate and never did is a failure; of a part, in that part. Default false: it is reported. */
  readonly requireFaults?: boolean;
  /** Whether a `sometimes` that was asked and never held is a failure; of a part, in that part. Default false: it is reported. */
  readonly requireSometimes?: boolean;
  /** Whether to go on after a failure; the first one is reported. Default false. */
  readonly keepGoing?: boolean;
  /** Memory to re-use from run to run. Default: its own. */
  readonly arena?: Arena;
  /** Asked now and then: true ends the search, and the report says what was done until then. */
  readonly isStopped?: () => boolean;
  /** Told after every 1,000 schedules. */
  readonly onProgress?: (done: { readonly schedules: number; readonly elapsedMs: number }) => void;
  /** Told of every run that counts. For tests and statistics: it slows a search down. */
  readonly onRun?: (run: Run) => void;
}

const METHODS: readonly Method[] = ['portfolio', 'exhaustive', 'bounded', 'pct', 'pos', 'swarm', 'random'];

const PRUNES: readonly ExploreOptions['prune'][] = ['none', 'sleep', 'separate'];

/** What each option must be; those that are left out are not asked. */
const CHECKS: { readonly [Name in keyof ExploreOptions]-?: (value: unknown) => unknown } = {
  method: (value) => checkOneOf('method', value, METHODS),
  schedules: (value) => checkInteger('schedules', value, 1),
  budgetMs: (value) => checkDuration('budgetMs', value),
  now: (value) => checkFunction('now', value),
  deviations: (value) => checkInteger('deviations', value, 0),
  seed: checkSeed,
  weather: (value) => weatherOf(value as Weather),
  depth: checkDepth,
  regressions: (value) => checkList('regressions', value),
  shard: checkShard,
  merge: (value) => checkBoolean('merge', value),
  prune: (value) => checkOneOf('prune', value, PRUNES),
  tripwires: (value) => checkBoolean('tripwires', value),
  checkDeterminism: (value) => new Rechecks(value),
  checkIndependence: (value) => checkInteger('checkIndependence', value, 0),
  requireFaults: (value) => checkBoolean('requireFaults', value),
  requireSometimes: (value) => checkBoolean('requireSometimes', value),
  keepGoing: (value) => checkBoolean('keepGoing', value),
  arena: checkArena,
  isStopped: (value) => checkFunction('isStopped', value),
  onProgress: (value) => checkFunction('onProgress', value),
  onRun: (value) => checkFunction('onRun', value),
};

/** Throws ArgumentError for an option that makes no sense. */
export function checkExploreOptions(options: ExploreOptions): void {
  checkOptions('options', options);
  for (const [name, check] of Object.entries(CHECKS)) {
    const value = options[name as keyof ExploreOptions];
    if (value !== undefined) check(value);
  }
}

function checkOneOf(name: string, value: unknown, known: readonly unknown[]): void {
  if (!known.includes(value)) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${name} must be one of ${known.join(', ')}, got ${show(value)}`,
    );
  }
}

function checkShard(value: unknown): void {
  checkOptions('shard', value);
  const { index, count } = value as Shard;
  checkInteger('shard.count', count, 1);
  checkInteger('shard.index', index, 0, count - 1);
}

function checkArena(value: unknown): void {
  if (!(value instanceof Arena))
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `arena must be an Arena, got ${show(value)}`);
}

const DEFAULT_SCHEDULES = 20_000;

/** How many schedules may be run. */
export function limitOf({ method, schedules, budgetMs }: ExploreOptions): number {
  if (schedules !== undefined) return schedules;
  const hasOther = method === 'exhaustive' || method === 'bounded' || budgetMs !== undefined;
  return hasOther ? Number.POSITIVE_INFINITY : DEFAULT_SCHEDULES;
}
