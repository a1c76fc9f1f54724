// How small failing schedules get: the rows of docs/shrinking.md. Failures are found by sampling, as those that a search by
// deviations finds are small from the beginning.
import { type ProgramRun, runOnce } from '../../src/harness/program/program-run.ts';
import { shrinkProgram } from '../../src/harness/program/schedules/shrink-program.ts';
import { familiesOf, random, shrink, weatherOf } from '../../src/sim/index.ts';
import { BROKEN, type BrokenService } from './broken/index.ts';
import { BROKEN_EXCHANGES } from './broken-exchanges.ts';
import { BROKEN_PROGRAMS, type BrokenProgram } from './broken-programs.ts';
import { serviceScenario } from './service-scenarios.ts';
import { find, worldOf } from './teeth.ts';

export const TABLE_HEAD = [
  '| what fails | found by | deviations | after shrinking | fewest | runs | ms |',
  '|---|---|---|---|---|---|---|',
];

const WEATHER = weatherOf('storm');

/** Seeds tried until a program fails. */
const SEEDS_MAX = 600;

/** As everySchedule has them. */
const PROGRAM_RUNS_MAX = 2000;
const PROGRAM_MS_MAX = 10_000;

/** Of this process, so that other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Rows of the broken services, found by pct and by random. */
export function measureServices(services: readonly BrokenService[] = BROKEN): string[] {
  const rows: string[] = [];
  for (const service of services)
    for (const method of ['pct', 'random'] as const) {
      const { run } = find(service, method);
      if (run === null) continue;
      const startedMs = cpuMs();
      const shrunk = shrink(serviceScenario(service, worldOf(service)), run);
      const before = run.decisions.deviationCount;
      rows.push(
        row(service.name, method, before, shrunk?.points.length ?? before, shrunk, cpuMs() - startedMs),
      );
    }
  return rows;
}

/** Rows of the broken programs, two failures each. */
export async function measurePrograms(): Promise<string[]> {
  const rows: string[] = [];
  for (const program of [...BROKEN_PROGRAMS, ...BROKEN_EXCHANGES]) {
    let seed = 0;
    for (let count = 0; count < 2; count += 1) {
      const found = await findProgram(program, seed);
      if (found === null) break;
      const startedMs = cpuMs();
      const elapsedMs = (): number => cpuMs() - startedMs;
      const shrunk = await shrinkProgram(
        found.run,
        (strategy) => runOnce(program.body, strategy, familiesOf(WEATHER), {}),
        (runs) => runs < PROGRAM_RUNS_MAX && elapsedMs() < PROGRAM_MS_MAX,
      );
      const after = shrunk.points.length;
      const before = found.run.decisions.deviationCount;
      rows.push(row(program.name, `random, seed ${found.seed}`, before, after, shrunk, elapsedMs()));
      seed = found.seed + 1;
    }
  }
  return rows;
}

async function findProgram(
  { body }: BrokenProgram,
  from: number,
): Promise<{ readonly run: ProgramRun; readonly seed: number } | null> {
  for (let seed = from; seed < from + SEEDS_MAX; seed += 1) {
    const run = await runOnce(body, random(seed, WEATHER), familiesOf(WEATHER), {});
    if (run.failure !== null) return { run, seed };
  }
  return null;
}

function row(
  name: string,
  foundBy: string,
  before: number,
  after: number,
  shrunk: { readonly runs: number; readonly isMinimal: boolean } | null,
  ms: number,
): string {
  const fewest = shrunk?.isMinimal === true ? after : 'not known';
  return `| ${[name, foundBy, before, after, fewest, shrunk?.runs ?? 1, Math.round(ms)].join(' | ')} |`;
}
