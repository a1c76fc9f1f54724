// What every library has to show: right in calm weather, right or an explicit failure in a storm, and the same run twice.
import { describe, expect, test } from 'vitest';
import { everySchedule, runProgram } from '../../src/harness/program/index.ts';
import { FAMILIES, random, Simulation, WEATHERS } from '../../src/sim/index.ts';

export interface Exchange<Answer> {
  /** Talks, closes everything it has opened, also when it fails, and gives what it got. */
  readonly talk: (sim: Simulation) => Promise<Answer>;
  readonly expected: Answer;
  /** What two runs of one schedule have in common: all bytes, or (where entropy is real) time and length of each send. */
  readonly repeats?: 'bytes' | 'lengths';
  /** Whether it tries again until it has the answer, so that no storm makes it fail. */
  readonly triesAgain?: boolean;
  readonly schedules?: number;
  /** Whether something beside the library may leave a timer. Default false. */
  readonly allowOpen?: boolean;
}

export function proveExchange<Answer>(library: string, exchange: Exchange<Answer>): void {
  const { talk, expected, repeats = 'bytes', schedules = 400, allowOpen } = exchange;
  describe(library, () => {
    test('a calm exchange is right', async () => {
      const sim = new Simulation();
      expect(await runProgram(sim, () => talk(sim), { allowOpen })).toEqual(expected);
    });

    test(`${schedules} schedules, half with few deviations and half storms, give the right answer or an error`, {
      timeout: 120_000,
    }, async () => {
      let answers = 0;
      const report = await everySchedule(
        `${library} gives the right answer or an error`,
        async ({ sim }) => {
          const answer = await talk(sim).catch((error) => error);
          if (answer instanceof Error) return;
          expect(answer).toEqual(expected);
          answers += 1;
        },
        // Who tries again until it works out needs a storm that passes.
        { schedules, allowOpen, deviations: exchange.triesAgain === true ? 40 : undefined },
      );
      expect(report.faults.reset + report.faults.close).toBeGreaterThan(0);
      expect(report.faults.split).toBeGreaterThan(0);
      expect(answers).toBeGreaterThan(0);
      if (exchange.triesAgain !== true) expect(answers).toBeLessThan(report.schedules);
    });

    test(`two runs of one schedule send the same ${repeats}`, async () => {
      expect(await sends(talk, 7, repeats)).toEqual(await sends(talk, 7, repeats));
    });
  });
}

/** Everything sent under a seed, a line each. */
async function sends(
  talk: (sim: Simulation) => Promise<unknown>,
  seed: number,
  repeats: 'bytes' | 'lengths',
): Promise<string[]> {
  const sim = new Simulation({
    strategy: random(seed, { ...WEATHERS.breeze, stall: 0 }),
    families: FAMILIES,
  });
  const sent = await runProgram(
    sim,
    async (installation) => {
      // An answer or an error: either has to come twice.
      await talk(sim).catch(() => {});
      return installation.sent;
    },
    { notesSends: true, allowOpen: true },
  );
  expect(sent.length).toBeGreaterThan(1);
  return sent.map(({ atMs, host, sizeBytes, hash }) =>
    [atMs, host, sizeBytes, ...(repeats === 'bytes' ? [hash] : [])].join(' '),
  );
}

/** Waits until `server` listens on `host`. */
export function listenOn(
  sim: Simulation,
  host: string,
  server: { listen(port: number, callback: () => void): unknown },
  port: number,
): Promise<void> {
  return sim.host(host).run(() => new Promise<void>((resolve) => server.listen(port, () => resolve())));
}
