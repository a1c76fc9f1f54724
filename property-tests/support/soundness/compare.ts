// What a search that leaves schedules out must show: the very ends, and the very broken laws, of plain enumeration.
import { type ExploreOptions, explore, type Run } from '../../../src/sim/index.ts';
import type { Actor } from './actor.ts';
import { scenarioOf, type World } from './world.ts';

export interface Shown {
  /** What every actor has seen at the ends of the runs that held, and the laws broken by the others. */
  readonly ends: ReadonlySet<string>;
  readonly runs: number;
  /** Schedules that the runs stand for. */
  readonly covered: number;
  readonly isComplete: boolean;
  /** Whether a run came to its most steps: how many were taken is no part of a state. */
  readonly isEndless: boolean;
}

export function shownBy(world: World, options: ExploreOptions): Shown {
  const ends = new Set<string>();
  let isEndless = false;
  let actors: readonly Actor[] = [];
  const scenario = scenarioOf(world, (made) => {
    actors = made;
  });
  const onRun = (run: Run): void => {
    if (run.isPruned) return;
    isEndless ||= run.failure?.law === 'every run ends';
    const error = run.failure?.error;
    if (run.failure === null) ends.add(endOf(world, actors));
    else ends.add(`broken: ${run.failure.law}${isOurs(run.failure.law) ? '' : ` ${String(error)}`}`);
  };
  const report = explore(scenario, {
    checkDeterminism: 0,
    checkIndependence: 0,
    ...options,
    keepGoing: true,
    onRun,
  });
  return {
    ends,
    runs: report.schedules,
    covered: report.schedulesCovered,
    isComplete: report.isComplete,
    isEndless,
  };
}

/** Which of two separate clients was accepted first is nothing that any of them can tell. */
function endOf({ separate }: World, actors: readonly Actor[]): string {
  const texts = actors.map((actor) => actor.stateText());
  return (separate ? texts.sort() : texts).join('/');
}

/** Laws whose message may differ from schedule to schedule. */
function isOurs(law: string): boolean {
  return law.startsWith('nobody') || law.startsWith('the sum') || law.startsWith('every');
}

/** Of two searches: what only the first shows, and what only the second. */
export function difference(plain: Shown, pruned: Shown): { missing: string[]; extra: string[] } {
  const missing = pruned.isComplete ? [...plain.ends].filter((end) => !pruned.ends.has(end)) : [];
  const extra = plain.isComplete ? [...pruned.ends].filter((end) => !plain.ends.has(end)) : [];
  return { missing, extra };
}
