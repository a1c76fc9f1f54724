import type { TestContext } from 'vitest';
import { checkOptions } from '../core/arguments.ts';
import { ArgumentError } from '../core/index.ts';
import type { Simulation } from '../sim/index.ts';

/** What a test function gets. */
export interface SimContext extends TestContext {
  /** Installed: the program's network, time and chance are its. */
  readonly sim: Simulation;
}

/** A test's body. `More` is what fixtures add to its context. */
export type SimBody<More = object> = (context: SimContext & More) => unknown;

/**
 * Makes a value for a body, on the body's own simulation, and calls `use` with it once. That settles when the body is over, also
 * if it has failed; what comes after it tidies up. It sees the fixtures named before it.
 */
export type Fixture<Value, Context> = (context: Context, use: (value: Value) => Promise<void>) => unknown;

/** By name, values, or functions that make them. */
export type Fixtures<More, Added> = {
  readonly [Name in keyof Added]: Added[Name] | Fixture<Added[Name], SimContext & More & Added>;
};

/** Fixtures of any type, in the order in which they are made. */
export type AnyFixtures = Readonly<Record<string, unknown>>;

/** `fixtures` and `added`; throws ArgumentError on what is no object, and on a `sim` of somebody else's. */
export function addFixtures(fixtures: AnyFixtures, added: object): AnyFixtures {
  checkOptions('fixtures', added);
  if ('sim' in added)
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      'a fixture named "sim" would hide the simulation of the test; give it another name',
    );
  return { ...fixtures, ...added };
}

/** A body that makes the fixtures, one after the other, and runs `body` with them. */
export function inFixtures(fixtures: AnyFixtures, body: SimBody): SimBody {
  return Object.entries(fixtures).reduceRight<SimBody>(
    (inner, [name, fixture]) =>
      (context) => {
        const runWith = (value: unknown): unknown =>
          inner(Object.create(context, { [name]: { value, enumerable: true } }));
        return typeof fixture === 'function'
          ? runFixture(name, fixture as Fixture<unknown, SimContext>, context, runWith)
          : runWith(fixture);
      },
    body,
  );
}

async function runFixture(
  name: string,
  fixture: Fixture<unknown, SimContext>,
  context: SimContext,
  runWith: (value: unknown) => unknown,
): Promise<void> {
  let uses = 0;
  const failures: unknown[] = [];
  await fixture(context, async (value) => {
    uses += 1;
    try {
      await runWith(value);
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length > 0) throw failures[0];
  if (uses !== 1)
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `fixture "${name}" must call use once, with its value, and await it; it was called ${uses} times`,
    );
}
