// How quickly each broken service is found, by each kind of search. The worlds and the weather are fixed here, before
// anything is measured.
import { type ExploreOptions, explore, type Method, type Run, shrink } from '../../src/sim/index.ts';
import type { BrokenService } from './broken/index.ts';
import {
  MANY_PIECES,
  ONE_CLIENT,
  SLOW_READER,
  STAGGERED,
  serviceScenario,
  THREE_CLIENTS,
  THREE_IN_TURN,
  TROUBLED,
  TWO_CLIENTS,
  type World,
} from './service-scenarios.ts';

export const SCHEDULES_MAX = 20_000;

const OPTIONS: ExploreOptions = { schedules: SCHEDULES_MAX, weather: 'storm' };

/** Mistakes that show between two clients, or with a reader that is slow; the others show with one. */
const WORLDS: Readonly<Record<string, World>> = {
  'echo: one at a time': TWO_CLIENTS,
  'echo: shares its queue': TWO_CLIENTS,
  'echo: a slot is lost on reset': TWO_CLIENTS,
  'forward: mixes up connections': TWO_CLIENTS,
  'forward: one failure ends all': TROUBLED,
  'echo: loses a turn': TWO_CLIENTS,
  'echo: two drains are one': TWO_CLIENTS,
  'echo: accepts go first': STAGGERED,
  'forward: one pending connect': STAGGERED,
  'echo: two wait for each other': STAGGERED,
  'echo: after you': STAGGERED,
  'forward: looks too early': STAGGERED,
  'echo: wakes the wrong one': THREE_CLIENTS,
  'echo: looks before it sleeps': STAGGERED,
  'echo: the left one first': THREE_IN_TURN,
  'echo: evicts the quiet': MANY_PIECES,
  'echo: reads without limit': SLOW_READER,
  'forward: reads without limit': SLOW_READER,
};

export function worldOf({ name }: BrokenService): World {
  return WORLDS[name] ?? ONE_CLIENT;
}

class Found extends Error {
  readonly run: Run;

  constructor(run: Run) {
    super('found');
    this.run = run;
  }
}

export interface Finding {
  /** Schedules run until it failed, that one included; null if none did. */
  readonly schedules: number | null;
  readonly run: Run | null;
}

/** Searches until the service fails, without shrinking. */
export function find(service: BrokenService, method: Method, seed = 1): Finding {
  let schedules = 0;
  const onRun = (run: Run): void => {
    schedules += 1;
    if (run.failure !== null) throw new Found(run);
  };
  try {
    explore(serviceScenario(service, worldOf(service)), { ...OPTIONS, method, seed, onRun });
  } catch (error) {
    if (error instanceof Found) return { schedules, run: error.run };
    throw error;
  }
  return { schedules: null, run: null };
}

/** Deviations of a failing run after shrinking. */
export function shrunkCount(service: BrokenService, run: Run): number | null {
  const scenario = serviceScenario(service, worldOf(service));
  return shrink(scenario, run)?.points.length ?? null;
}

export const TABLE_HEAD = [
  '| service | group | what it does wrong | by deviations | pct | random | portfolio | deviations after shrinking |',
  '|---|---|---|---|---|---|---|---|',
];

/** One row of docs/teeth.md, measured. */
export function measureRow(service: BrokenService): string {
  const { name, group, mistake } = service;
  const counts = (['bounded', 'pct', 'random'] as const).map((method) => show(find(service, method)));
  const found = find(service, 'portfolio');
  const deviations = found.run === null ? '–' : (shrunkCount(service, found.run) ?? '–');
  return `| ${[name, group, mistake, ...counts, show(found), deviations].join(' | ')} |`;
}

function show({ schedules }: Finding): string {
  return schedules === null ? `> ${SCHEDULES_MAX}` : String(schedules);
}
