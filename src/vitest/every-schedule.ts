import { relative } from 'node:path';
import { type TestContext, type TestOptions, test as vitestTest } from 'vitest';
import {
  type EveryScheduleOptions,
  everySchedule as exploreSchedules,
  formatEverySchedule,
  NotShownError,
  ScheduleError,
} from '../harness/program/index.ts';
import { shellCommand } from './replay-command.ts';
import {
  type ForEach,
  inTurn,
  makeFor,
  type Register,
  type SimBody,
  type SimContext,
  single,
} from './test.ts';

export interface EveryScheduleTestOptions extends TestOptions, EveryScheduleOptions {
  /** The same as `budgetMs`. */
  readonly budget?: number;
}

interface EveryScheduleTest {
  (name: string, body: SimBody): void;
  (name: string, options: EveryScheduleTestOptions, body: SimBody): void;
}

/** A search takes longer than a test. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** A test that runs its body under many schedules, each on a simulation of its own. */
export const everySchedule: EveryScheduleTest & {
  readonly only: EveryScheduleTest;
  readonly skip: EveryScheduleTest;
  /** Passes if a schedule fails: for programs that are known to be broken. */
  readonly fails: EveryScheduleTest;
  readonly todo: typeof vitestTest.todo;
  skipIf(condition: unknown): EveryScheduleTest;
  runIf(condition: unknown): EveryScheduleTest;
  /** One search for each value, which is the body's first argument. */
  for<Value>(values: readonly Value[]): ForEach<EveryScheduleTestOptions, [Value, SimContext]>;
} = Object.assign(makeEverySchedule(vitestTest as Register), {
  only: makeEverySchedule(vitestTest.only as Register),
  skip: makeEverySchedule(vitestTest.skip as Register),
  fails: makeEverySchedule(vitestTest.fails as Register),
  todo: vitestTest.todo,
  skipIf: (condition: unknown) => makeEverySchedule(vitestTest.skipIf(condition) as Register),
  runIf: (condition: unknown) => makeEverySchedule(vitestTest.runIf(condition) as Register),
  for: makeFor<EveryScheduleTestOptions>(
    (body, context, options) => inTurn(context, () => explore(context.task.name, context, body, options)),
    single,
    { timeout: DEFAULT_TIMEOUT_MS },
  ),
});

function makeEverySchedule(register: Register): EveryScheduleTest {
  return (name: string, ...rest: unknown[]): void => {
    const body = rest.at(-1) as SimBody;
    const given = (rest.length > 1 ? rest[0] : {}) as EveryScheduleTestOptions;
    const options = { timeout: DEFAULT_TIMEOUT_MS, ...given };
    register(name, options, (context) => inTurn(context, () => explore(name, context, body, options)));
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
