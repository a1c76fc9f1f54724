import { ArgumentError } from '../../core/errors.ts';
import type { Family } from '../decisions/label.ts';
import { SimulationError } from '../errors.ts';
import { type Run, runScenario, type Scenario } from '../scenario.ts';
import { RepeatStrategy } from '../strategies/repeat.ts';
import type { Arena } from '../tcp/arena.ts';

/** Runs a schedule again, and says where it went otherwise; null if it went the same way. */
export function repeat(
  scenario: Scenario,
  first: Run,
  options: { readonly families: readonly Family[]; readonly arena?: Arena },
): string | null {
  const strategy = new RepeatStrategy(first.decisions);
  const second = runScenario(scenario, strategy, { ...options, onStart: (sim) => strategy.noteStart(sim) });
  return firstDifference(first, second, strategy.pending);
}

/** Where two runs of one schedule differ, in words: decisions, steps or result. `pending` is of the second. */
export function firstDifference(first: Run, second: Run, pending = ''): string | null {
  const { decisions: a } = first;
  const { decisions: b } = second;
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    if (a.labels[index]?.name === b.labels[index]?.name && a.arities[index] === b.arities[index]) continue;
    const was = `decision ${index} was ${describe(first, index)}, and then ${describe(second, index)}`;
    return pending === '' ? was : `${was}; pending were ${pending}`;
  }
  const law = [first, second].map((run) => run.failure?.law ?? 'it held');
  if (law[0] !== law[1])
    return `the ${a.length} decisions are the same, but the result is not: ${law[0]}, and then ${law[1]}`;
  if (first.steps === second.steps) return null;
  return `the ${a.length} decisions are the same, but there were ${first.steps} events, and then ${second.steps}`;
}

/** A run that held, as the failure that it is since it went otherwise when it was run again. */
export function notDeterministic(run: Run, difference: string): Run {
  const error = new SimulationError('ERR_NONDETERMINISM', `the program is not deterministic: ${difference}`);
  return { ...run, failure: { law: NOT_DETERMINISTIC, error } };
}

/** The law that such a run breaks. */
export const NOT_DETERMINISTIC = 'one schedule is one run';

function describe(run: Run, index: number): string {
  return index < run.decisions.length
    ? `${run.decisions.labels[index].name} with ${run.decisions.arities[index]} choices`
    : 'the end of the run';
}

/** Which of a search's runs are made again: the first, and a share of all. */
export class Rechecks {
  private readonly rate: number;
  private due: number;

  /** Throws ArgumentError unless `rate` is a share from 0, none, to 1. */
  constructor(rate: unknown) {
    if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1))
      throw new ArgumentError(
        'ERR_OUT_OF_RANGE',
        `checkDeterminism must be a share from 0 to 1, got ${String(rate)}`,
      );
    this.rate = rate;
    this.due = rate > 0 ? 1 : 0;
  }

  /** Asked of each run that held. */
  isDue(): boolean {
    this.due += this.rate;
    if (this.due < 1) return false;
    this.due -= 1;
    return true;
  }
}
