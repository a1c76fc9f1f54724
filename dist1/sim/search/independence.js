// Checks the declaration that a service's connections are independent (`connectionsAreIndependent`) by what it means: two
// steps of two connections, served in either order from one state, lead to one state, and to the same observations after.
import { checkInteger } from '../../core/arguments.js';
import { FAMILIES } from '../decisions/label.js';
import { formatReplay } from '../decisions/replay-string.js';
import { weatherOf } from '../decisions/weather.js';
import { checkScenario, runScenario } from '../scenario.js';
import { hash, RandomStrategy } from '../strategies/random.js';
import { deviationsOf, ReplayStrategy } from '../strategies/replay.js';
import { Arena } from '../tcp/arena.js';
import { formatTrace } from '../trace.js';
import { withTripwires } from '../tripwires.js';
import { PairFinder, SwapStrategy } from './swap.js';

/** Both in one turn; the second while something is still to be done for the first; the second when all is done. */
const TURNS_BETWEEN = [0, 1, Number.POSITIVE_INFINITY];
/** The law that a wrong declaration breaks. */
export const INDEPENDENCE = 'connections declared independent do not touch each other';
/** A kill reaches the other end at once: in which order two do so shows there, and is not the service's doing. */
const KILLS = ['reset', 'close', 'refuse'];
/** So far behind a pair the two orders are compared. */
const STEPS_AFTER = 2_000;
/**
 * Samples runs of a scenario, takes pairs of deliveries that are due at one host whose listeners all declare
 * `connectionsAreIndependent`, on two connections not made for the same, and runs both orders from the same state: each delivery
 * with the turns that serve it. The states must be equal, and so must be what each connection carries from then on. A
 * sample: it finds wrong declarations, and proves none right. Throws ArgumentError.
 */
export function checkIndependence(scenario, options = {}) {
  checkScenario(scenario);
  return withTripwires(() => swapPairs(scenario, options));
}
/** @internal `checkIndependence` of a scenario that was checked, without tripwires of its own. */
export function swapPairs(scenario, options) {
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
  constructor(scenario, seed, arena) {
    this.pairs = 0;
    this.hosts = new Set();
    this.failure = null;
    this.orders = [];
    const { order: _any, ...limits } = scenario.limits ?? {};
    // Whatever the scenario leaves to chance, this has to choose what comes next.
    this.families = [...new Set([...(scenario.families ?? FAMILIES), 'order'])];
    this.scenario = { ...scenario, limits };
    this.calm = new Set([...Object.keys(limits), ...KILLS]);
    this.seed = seed;
    this.arena = arena;
  }
  sample(weather, ordinal, most) {
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
  swap(pair, drawn) {
    const turnsBetween = TURNS_BETWEEN[drawn % TURNS_BETWEEN.length];
    const swap = { ...pair, turnsBetween, calm: this.calm, seed: drawn };
    const one = this.inOrder(swap);
    if (one === null) return;
    const other = this.inOrder({ ...swap, first: pair.second, second: pair.first });
    if (other === null) return;
    this.pairs += 1;
    const difference = differenceOf(one, other);
    if (difference !== null) this.fail(pair, one, other, difference);
  }
  /** Null if the two steps are not next to each other here. */
  inOrder(swap) {
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
  fail(pair, one, other, difference) {
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
  untilServed({ run, swapped }) {
    const choices = run.decisions.choices.slice(0, swapped?.decisions);
    const { families, arena } = this;
    const strategy = new ReplayStrategy(deviationsOf(choices));
    return runScenario(this.scenario, strategy, { families, arena, trace: true });
  }
}
/** How the two orders differ, as a sentence without its stop; null if they do not. */
function differenceOf(one, other) {
  if (one.swapped !== null && other.swapped !== null) {
    const [state, otherState] = [one, other].map(({ swapped }) => swapped.unorderedState.split('\n'));
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
function observationsOf({ trace, sim }) {
  const names = new Map(sim.network.made.map((connection) => [String(connection), connection.name]));
  const carried = new Map();
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
function firstUnequal(one, other) {
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
function cut(text, from) {
  const until = from + 120;
  return `"${from > 0 ? '…' : ''}${text.slice(from, until)}${text.length > until ? '…' : ''}"`;
}
