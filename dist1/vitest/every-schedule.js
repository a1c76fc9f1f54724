import { relative } from 'node:path';
import { test as vitestTest } from 'vitest';
import {
  everySchedule as exploreSchedules,
  formatEverySchedule,
  NotShownError,
  ScheduleError,
} from '../harness/program/index.js';
import { inTurn } from './test.js';

/** A search takes longer than a test. */
const DEFAULT_TIMEOUT_MS = 120_000;
/** A test that runs its body under many schedules, each on a simulation of its own. */
export const everySchedule = Object.assign(makeEverySchedule(vitestTest), {
  only: makeEverySchedule(vitestTest.only),
  skip: makeEverySchedule(vitestTest.skip),
  fails: makeEverySchedule(vitestTest.fails),
  todo: vitestTest.todo,
  skipIf: (condition) => makeEverySchedule(vitestTest.skipIf(condition)),
  runIf: (condition) => makeEverySchedule(vitestTest.runIf(condition)),
});
function makeEverySchedule(register) {
  return (name, ...rest) => {
    const body = rest.at(-1);
    const given = rest.length > 1 ? rest[0] : {};
    const options = { timeout: DEFAULT_TIMEOUT_MS, ...given };
    register(name, options, (context) => inTurn(context, () => explore(name, context, body, options)));
  };
}
async function explore(name, context, body, options) {
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
        replayCommand: (replay) =>
          `FOULWEATHER_REPLAY=${replay} npx vitest run ${path} -t ${JSON.stringify(name)}`,
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
async function attach(context, { trace, replay, deviations }) {
  Object.assign(context.task.meta, { foulweather: { replay, deviations, trace } });
  await context.annotate?.(`replay ${replay}`, 'foulweather', {
    contentType: 'text/plain',
    body: Buffer.from(trace),
  });
}
