// The façade against the genuine node:net over loopback: random programs of sockets and servers must see the same.
// FOULWEATHER_DIFFERENTIAL_RUNS=10000 makes the long run; FOULWEATHER_DIFFERENTIAL_SEED repeats one.
import fc from 'fast-check';
import { afterAll, test } from 'vitest';
import { programs } from '../support/sockets/arbitrary.ts';
import { differences } from '../support/sockets/differences.ts';
import { describeProgram, type Program } from '../support/sockets/program.ts';
import { type Place, runProgram } from '../support/sockets/run.ts';
import { realStage, simulatedStage } from '../support/sockets/stage.ts';

const RUNS = Number(process.env.FOULWEATHER_DIFFERENTIAL_RUNS ?? 200);
const SEED = Number(process.env.FOULWEATHER_DIFFERENTIAL_SEED ?? 9293);

/** A busy machine may be late, and then a time-out or an abort overtakes; a true difference shows every time. */
const ATTEMPTS = 4;

let retried = 0;

async function agree(program: Program, place: Place): Promise<void> {
  const simulated = await runProgram(simulatedStage(), program, place);
  let found: string[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    found = differences(await runProgram(realStage(), program, place), simulated);
    if (found.length === 0) return;
    if (attempt === 1) retried += 1;
  }
  throw new Error(`${describeProgram(program)}\n\n${found.join('\n')}`);
}

afterAll(() => {
  if (retried > 0) console.info(`${retried} programs were tried again`);
});

test(
  'for every program of sockets and servers, the façade and node:net show the same',
  () =>
    fc.assert(fc.asyncProperty(programs, fc.constantFrom('127.0.0.1' as const, '::1'), agree), {
      numRuns: RUNS,
      seed: SEED,
      endOnFailure: false,
    }),
  60_000 + RUNS * 100,
);
