import { relative } from 'node:path';
import { type TestContext, type TestOptions, test as vitestTest } from 'vitest';
import {
  type EveryScheduleOptions,
  everySchedule as exploreSchedules,
  formatEverySchedule,
  NotShownError,
  ScheduleError,
} from '../harness/program/index.ts';
import {
  type AnyFixtures,
  addFixtures,
  type Fixtures,
  inFixtures,
  type SimBody,
  type SimContext,
} from './fixtures.ts';
import { shellCommand } from './replay-command.ts';
import { type ForEach, inTurn, makeFor, type Register, type Run, single } from './test.ts';

export interface EveryScheduleTestOptions extends TestOptions, EveryScheduleOptions {
  /** The same as `budgetMs`. */
  readonly budget?: number;
}

interface EveryScheduleTest<More> {
  (name: string, body: SimBody<More>): void;
  (name: string, options: EveryScheduleTestOptions, body: SimBody<More>): void;
}

interface EveryScheduleTests<More> extends EveryScheduleTest<More> {
  readonly only: EveryScheduleTest<More>;
  readonly skip: EveryScheduleTest<More>;
  /** Passes if a schedule fails: for programs that are known to be broken. */
  readonly fails: EveryScheduleTest<More>;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): EveryScheduleTest<More>;
  runIf(condition: unknown): EveryScheduleTest<More>;
  /** One search for each value, which is the body's first argument. */
  for<Value>(values: readonly Value[]): ForEach<EveryScheduleTestOptions, [Value, SimContext & More]>;
  /** Searches whose context has `fixtures`, too. Each is made for each schedule, in this order, on the schedule's simulation. */
  extend<Added extends object>(
    fixtures: Fixtures<More, Added>,
  ): EveryScheduleTests<Omit<More, keyof Added> & Added>;
}

/** A search takes longer than a test. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** A test that runs its body under many schedules, each on a simulation of its own. */
export const everySchedule: EveryScheduleTests<object> = makeSearches({});

function makeSearches(fixtures: AnyFixtures): EveryScheduleTests<object> {
  const run: Run<EveryScheduleTestOptions> = (body, context, options) =>
    inTurn(context, () => explore(context.task.name, context, inFixtures(fixtures, body), options));
  const make = (register: unknown): EveryScheduleTest<object> => makeSearch(register as Register, run);
  return Object.assign(make(vitestTest), {
    only: make(vitestTest.only),
    skip: make(vitestTest.skip),
    fails: make(vitestTest.fails),
    todo: vitestTest.todo,
    skipIf: (condition: unknown) => make(vitestTest.skipIf(condition)),
    runIf: (condition: unknown) => make(vitestTest.runIf(condition)),
    for: makeFor<EveryScheduleTestOptions>(run, single, { timeout: DEFAULT_TIMEOUT_MS }),
    extend: (added: object) => makeSearches(addFixtures(fixtures, added)) as never,
  });
}

function makeSearch(register: Register, run: Run<EveryScheduleTestOptions>): EveryScheduleTest<object> {
  return (name: string, ...rest: unknown[]): void => {
    const body = rest.at(-1) as SimBody;
    const given = (rest.length > 1 ? rest[0] : {}) as EveryScheduleTestOptions;
    const options = { timeout: DEFAULT_TIMEOUT_MS, ...given };
    register(name, options, (context) => run(body, context, options));
  };
}

async function explore(
  name: string,
  context: TestContext,
  body: SimBody,
  options: EveryScheduleTestOptions,
): Promise<void> {
  const { file } = context.task;
  const path = relative(process.cwd(), file.filepath);
  try {
    const report = await exploreSchedules(
      name,
      ({ sim }) => body(Object.assign(Object.create(context), { sim })),
      {
        signal: context.signal,
        ...options,
        budgetMs: options.budgetMs ?? options.budget,
        replayCommand: (replay) => shellCommand(replay, path, name),
      },
    );
    Object.assign(context.task.meta, { foulweather: report });
    await context.annotate?.(formatEverySchedule(report), 'foulweather');
  } catch (error) {
    if (error instanceof ScheduleError) await attach(context, error);
    if (error instanceof NotShownError) Object.assign(context.task.meta, { foulweather: error.report });
    throw error;
  }
}

/** Reporters and CI show the whole trace, where the message has its end only. */
async function attach(context: TestContext, { trace, replay, deviations }: ScheduleError): Promise<void> {
  Object.assign(context.task.meta, { foulweather: { replay, deviations, trace } });
  await context.annotate?.(`replay ${replay}`, 'foulweather', {
    contentType: 'text/plain',
    body: Buffer.from(trace),
  });
}
