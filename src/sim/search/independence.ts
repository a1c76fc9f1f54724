// Checks the declaration that a service's connections are independent (`connectionsAreIndependent`) by what it means: two
// steps of two connections, served in either order from one state, lead to one state, and to the same observations after.
import { checkInteger, checkOptions } from '../../core/arguments.ts';
import { FAMILIES, type Family } from '../decisions/label.ts';
import { formatReplay } from '../decisions/replay-string.ts';
import { type WEATHERS, type Weather, weatherOf } from '../decisions/weather.ts';
import type { ReportedFailure } from '../report/report.ts';
import { checkScenario, type Run, runScenario, type Scenario } from '../scenario.ts';
import { hash, RandomStrategy } from '../strategies/random.ts';
import { deviationsOf, ReplayStrategy } from '../strategies/replay.ts';
import { Arena } from '../tcp/arena.ts';
import { formatTrace } from '../trace.ts';
import { withTripwires } from '../tripwires.ts';
import { type Pair, PairFinder, type Swap, type Swapped, SwapStrategy } from './swap.ts';

export interface IndependenceOptions {
  /** Runs to sample pairs from. Default 100. */
  readonly runs?: number;
  /** Pairs to swap in one run at most, drawn from those that it meets. Default 4. */
  readonly pairsPerRun?: number;
  /** Seeds the sampling. Default 1. */
  readonly seed?: number;
  /** Default `storm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  readonly arena?: Arena;
}

export interface IndependenceReport {
  readonly scenario: string;
  readonly runs: number;
  /** Pairs that were swapped. 0: no host that declares its connections independent ever had two due at once. */
  readonly pairs: number;
  /** The hosts that they were due at. */
  readonly hosts: readonly string[];
  /** Null if no swap could be told from the order it came from. Its two schedules are in `orders`. */
  readonly failure: ReportedFailure | null;
  /** Replay strings of the failing pair in both orders. */
  readonly orders: readonly string[];
}

/** Both in one turn; the second while something is still to be done for the first; the second when all is done. */
const TURNS_BETWEEN: readonly number[] = [0, 1, Number.POSITIVE_INFINITY];

/** The law that a wrong declaration breaks. */
export const INDEPENDENCE = 'connections declared independent do not touch each other';

/** A kill reaches the other end at once: in which order two do so shows there, and is not the service's doing. */
const KILLS: readonly Family[] = ['reset', 'close', 'refuse'];

/** So far behind a pair the two orders are compared. */
const STEPS_AFTER = 2_000;

/**
 * Samples runs of a scenario, takes pairs of deliveries that are due at one host whose listeners all declare
 * `connectionsAreIndependent`, on two connections not made for the same, and runs both orders from the same state: each delivery
 * with the turns that serve it. The states must be equal, and so must be what each connection carries from then on. A
 * sample: it finds wrong declarations, and proves none right. Throws ArgumentError.
 */
export function checkIndependence(scenario: Scenario, options: IndependenceOptions = {}): IndependenceReport {
  checkScenario(scenario);
  checkOptions('options', options);
  return withTripwires(() => swapPairs(scenario, options));
}

/** @internal `checkIndependence` of a scenario that was checked, without tripwires of its own. */
export function swapPairs(scenario: Scenario, options: IndependenceOptions): IndependenceReport {
  const runs = checkInteger('runs', options.runs ?? 100, 1);
  const pairsPerRun = checkInteger('pairsPerRun', options.pairsPerRun ?? 4, 1);
  const weather = weatherOf(options.weather ?? 'storm');
  const sampling = new Swapping(scenario, options.seed ?? 1, options.arena ?? new Arena());
  let made = 0;
  // The first is calm: what shows there already is told without any other deviation.
  while (made < runs && sampling.failure === null) {
    made += 1;
    sampling.sample(made === 1 ? {} : weather, made, pairsPerRun);
  }
  const { pairs, hosts, failure, orders } = sampling;
  return { scenario: scenario.name, runs: made, pairs, hosts: [...hosts].sort(), failure, orders };
}

class Swapping {
  pairs = 0;
  readonly hosts = new Set<string>();
  failure: ReportedFailure | null = null;
  orders: readonly string[] = [];
  private readonly scenario: Scenario;
  private readonly families: readonly Family[];
  private readonly calm: ReadonlySet<string>;
  private readonly seed: number;
  private readonly arena: Arena;

  constructor(scenario: Scenario, seed: number, arena: Arena) {
    const { order: _any, ...limits } = scenario.limits ?? {};
    // Whatever the scenario leaves to chance, this has to choose what comes next.
    this.families = [...new Set([...(scenario.families ?? FAMILIES), 'order' as const])];
    this.scenario = { ...scenario, limits };
    this.calm = new Set([...Object.keys(limits), ...KILLS]);
    this.seed = seed;
    this.arena = arena;
  }

  sample(weather: Weather, ordinal: number, most: number): void {
    const { scenario, families, arena } = this;
    const finder = new PairFinder(new RandomStrategy(this.seed * 1_000_003 + ordinal, weather));
    runScenario(scenario, finder, {
      families,
      arena,
      fingerprints: true,
      beforeStep: (sim) => finder.watch(sim),
    });
    for (const host of finder.hosts) this.hosts.add(host);
    const { pairs } = finder;
    const count = Math.min(most, pairs.length);
    for (let taken = 0; taken < count && this.failure === null; taken += 1) {
      // One from each of `count` stretches of the run.
      const from = Math.floor((taken * pairs.length) / count);
      const until = Math.floor(((taken + 1) * pairs.length) / count);
      const drawn = hash(this.seed, ordinal, taken);
      this.swap(pairs[from + (drawn % (until - from))], drawn);
    }
  }

  private swap(pair: Pair, drawn: number): void {
    const turnsBetween = TURNS_BETWEEN[drawn % TURNS_BETWEEN.length];
    const swap: Swap = { ...pair, turnsBetween, calm: this.calm, seed: drawn };
    const one = this.inOrder(swap);
    if (one === null) return;
    const other = this.inOrder({ ...swap, first: pair.second, second: pair.first });
    if (other === null) return;
    this.pairs += 1;
    const difference = differenceOf(one, other);
    if (difference !== null) this.fail(pair, one, other, difference);
  }

  /** Null if the two steps are not next to each other here. */
  private inOrder(swap: Swap): Ordered | null {
    const strategy = new SwapStrategy(swap);
    const stepsMax = swap.step + STEPS_AFTER;
    const run = runScenario(this.scenario, strategy, {
      families: this.families,
      arena: this.arena,
      fingerprints: true,
      trace: true,
      onTaken: (event) => strategy.onTaken(event),
      beforeStep: (sim) => strategy.watch(sim) && sim.steps < stepsMax,
    });
    const { swapped, isGivenUp } = strategy;
    return isGivenUp || (swapped === null && run.failure === null) ? null : { run, swapped };
  }

  private fail(pair: Pair, one: Ordered, other: Ordered, difference: string): void {
    const [told, again] = [one, other].map((ordered) => this.untilServed(ordered));
    this.orders = [told, again].map((run) => formatReplay(this.scenario.name, this.families, run.decisions));
    const [first = 'one delivery', second = 'another'] = (one.swapped ?? other.swapped)?.steps ?? [];
    const message =
      `host ${pair.host} declares its connections independent, and the order of two deliveries to it shows: ${first}, and ${second}, ` +
      `each with the turns that serve it. ${difference}.\n` +
      `A service whose connections share anything must not say connectionsAreIndependent. The two orders: --replay ${this.orders.join(' and --replay ')}`;
    this.failure = {
      law: INDEPENDENCE,
      error: message,
      message,
      place: '',
      deviations: (told.trace?.deviations ?? []).map(({ atMs, text }) => `at ${atMs} ms, ${text}`),
      replay: '',
      trace: formatTrace(told.trace?.events ?? []),
      isMinimal: false,
      shrinkRuns: 0,
      foundBy: 'swapping pairs of deliveries',
      foundAfter: this.pairs,
      nondeterminism: null,
    };
  }

  /** The run as far as the second delivery was served, and calm from there on. */
  private untilServed({ run, swapped }: Ordered): Run {
    const choices = run.decisions.choices.slice(0, swapped?.decisions);
    const { families, arena } = this;
    const strategy = new ReplayStrategy(deviationsOf(choices));
    return runScenario(this.scenario, strategy, { families, arena, trace: true });
  }
}

/** A run in one of the two orders; `swapped` is null if it failed before both were served. */
interface Ordered {
  readonly run: Run;
  readonly swapped: Swapped | null;
}

/** How the two orders differ, as a sentence without its stop; null if they do not. */
function differenceOf(one: Ordered, other: Ordered): string | null {
  if (one.swapped !== null && other.swapped !== null) {
    const [state, otherState] = [one, other].map(({ swapped }) => swapped!.unorderedState.split('\n'));
    const states = firstUnequal(state, otherState);
    if (states !== null) return `The state after them is ${states}`;
    // A race of a connection's own timer and bytes may go either way: what follows need not be the same.
    if (one.swapped.state !== other.swapped.state || one.swapped.hasTies) return null;
  }
  const [law, otherLaw] = [one, other].map(({ run }) => run.failure?.law);
  if (law !== undefined && otherLaw !== undefined) return null;
  if (law !== undefined) return `What follows breaks the law "${law}" in this order, and no law in the other`;
  if (otherLaw !== undefined)
    return `What follows breaks no law in this order, and "${otherLaw}" in the other`;
  const later = firstUnequal(observationsOf(one.run), observationsOf(other.run));
  return later === null ? null : `What is observed later is ${later}`;
}

/** What each connection has carried, by names that do not depend on the order in which connections were made. */
function observationsOf({ trace, sim }: Run): string[] {
  const names = new Map(sim.network.made!.map((connection) => [String(connection), connection.name]));
  const carried = new Map<string, string>();
  for (const { place, kind, detail } of trace?.events ?? []) {
    const [, ends, number] = /^(.*) \((#\d+)\)$/.exec(place) ?? [];
    const name = names.get(number ?? '');
    if (name === undefined) continue;
    const key = `${ends} (${name})`;
    carried.set(key, `${carried.get(key) ?? key}; ${kind} ${detail}`.trimEnd());
  }
  return [...carried.values()].sort();
}

/** The first entry that only one of two lists has, against the other's: `"…" in this order, and "…" in the other`. */
function firstUnequal(one: readonly string[], other: readonly string[]): string | null {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [a = 'nothing', b = 'nothing'] = [one[index], other[index]];
    if (a === b) continue;
    let same = 0;
    while (a[same] === b[same]) same += 1;
    const from = Math.max(0, same - 40);
    return `${cut(a, from)} in this order, and ${cut(b, from)} in the other`;
  }
  return null;
}

function cut(text: string, from: number): string {
  const until = from + 120;
  return `"${from > 0 ? '…' : ''}${text.slice(from, until)}${text.length > until ? '…' : ''}"`;
}
