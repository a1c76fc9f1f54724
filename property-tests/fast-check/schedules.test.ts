import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { assertEverySchedule, Schedule, schedules } from '../../src/fast-check/index.ts';
import { echoScenario } from '../../src/harness/scenarios/index.ts';
import { runScenario, type Scenario } from '../../src/sim/index.ts';

/** Takes one receive for the whole message. */
class OneReadEcho extends Dispatcher {
  override handleRead(): void {
    const data = this.recv(65536);
    if (!isBytes(data)) return;
    this.send(data);
    this.close();
  }
}

class OneReadListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new OneReadEcho(this.reactor, endpoint);
  }
}

const oneRead = (bytes: number): Scenario =>
  echoScenario({
    name: 'one-read',
    connections: 1,
    bytes,
    serve(sim) {
      const listener = new OneReadListener(sim.host('server').reactor);
      listener.bind({ host: '0.0.0.0', port: 7 });
      listener.listen();
    },
  });

const holds = (bytes: number, schedule: Schedule): boolean =>
  runScenario(oneRead(bytes), schedule).failure === null;

function failure(parameters: fc.Parameters<[number, Schedule]> = {}): fc.RunDetails<[number, Schedule]> {
  const property = fc.property(fc.integer({ min: 1, max: 64 }), schedules(), holds);
  return fc.check(property, { seed: 7, numRuns: 1000, ...parameters });
}

describe('schedules()', () => {
  test.each([[['splits']], [[]]])('families %o are refused, with those that there are', (families) => {
    expect(() => schedules({ families: families as never })).toThrow(
      /families must be one or more of order, .*, got (none|"splits")/,
    );
  });

  test('payload and schedule shrink together, to one deviation and the fewest bytes', () => {
    const { counterexample } = failure();
    expect(counterexample?.[0]).toBe(2);
    expect(counterexample?.[1].deviations).toHaveLength(1);
  });

  test('a counterexample prints as one line that can be pasted', () => {
    const { counterexample } = failure();
    const text = fc.stringify(counterexample?.[1]);
    expect(text).toMatch(/^Schedule\.parse\('[a-z@=\d,-]+'\)$/);
    expect(holds(2, Schedule.parse(String(counterexample?.[1])))).toBe(false);
  });

  test('seed and path replay the same counterexample', () => {
    const first = failure();
    const again = failure({ path: first.counterexamplePath ?? '', numRuns: 1, endOnFailure: true });
    expect(String(again.counterexample)).toBe(String(first.counterexample));
  });

  test('an example is run first, and shrinks', () => {
    const { counterexample, numRuns } = failure({ examples: [[9, Schedule.parse('split@0=3,end@0=1')]] });
    expect(numRuns).toBe(1);
    expect(counterexample?.[1].deviations).toHaveLength(1);
  });

  test('for every schedule, its text parses to the same schedule', () => {
    fc.assert(
      fc.property(schedules(), (schedule) => String(Schedule.parse(String(schedule))) === String(schedule)),
    );
  });

  test('an event may wait while several go ahead', () => {
    const schedule = Schedule.parse('order@1=1x3,split@0=1');
    expect(schedule.deviations[0]).toEqual({ family: 'order', occurrence: 1, choice: 1, ahead: 3 });
    expect(String(schedule)).toBe('order@1=1x3,split@0=1');
    const scenario = echoScenario({ name: 'echo-2x9', connections: 2, bytes: 9 });
    const run = (text: string): readonly number[] =>
      runScenario(scenario, Schedule.parse(text)).decisions.choices;
    expect(run('order@1=1x3')).toEqual(run('order@1=1,order@2=1,order@3=1'));
    expect(() => Schedule.parse('order@1=2x3')).toThrow('only order with choice 1');
    expect(() => Schedule.parse('split@1=1x3')).toThrow('only order with choice 1');
  });

  test('for every schedule, two runs give the same decisions', () => {
    const scenario = echoScenario({ name: 'echo-2x9', connections: 2, bytes: 9 });
    fc.assert(
      fc.property(schedules(), (schedule) => {
        const choices = (): readonly number[] => runScenario(scenario, schedule).decisions.choices;
        expect(choices()).toEqual(choices());
      }),
      { numRuns: 200 },
    );
  });
});

describe('assertEverySchedule', () => {
  test('shows what fast-check found, and the minimal schedule after it', () => {
    const check = (): void =>
      assertEverySchedule(fc.integer({ min: 1, max: 64 }), oneRead, { seed: 7, numRuns: 1000 });
    expect(check).toThrow(
      /Property failed after \d+ tests[\s\S]*fails with 1 deviation:[\s\S]*try again +\{ examples: \[\[/,
    );
  });

  test('ends in an example that fails again, and needs no shrinking', () => {
    let message = '';
    try {
      assertEverySchedule(fc.integer({ min: 1, max: 64 }), oneRead, { seed: 7, numRuns: 1000 });
    } catch (error) {
      ({ message } = error as Error);
    }
    const [, bytes, text] = /\{ examples: \[\[(\d+), Schedule\.parse\('(.*)'\)\]\] \}$/.exec(message)!;
    const examples: [number, Schedule][] = [[Number(bytes), Schedule.parse(text)]];
    const { failed, numShrinks, numRuns } = failure({ examples });
    expect([failed, numShrinks, numRuns]).toEqual([true, 0, 1]);
  });

  test('leaves out inputs that fc.pre refuses', () => {
    const build = (bytes: number): Scenario => {
      fc.pre(bytes % 2 === 0);
      return echoScenario({ name: 'echo', connections: 1, bytes });
    };
    assertEverySchedule(fc.integer({ min: 0, max: 40 }), build, { numRuns: 20 });
  });

  test('tells a reporter of its own, and fails all the same', () => {
    const told: boolean[] = [];
    const reporter = ({ failed }: { failed: boolean }): void => void told.push(failed);
    expect(() => assertEverySchedule(fc.constant(9), oneRead, { seed: 7, numRuns: 1000, reporter })).toThrow(
      'fails with 1 deviation:',
    );
    expect(told).toEqual([true]);
  });

  test('passes where the scenario holds', () => {
    assertEverySchedule(
      fc.integer({ min: 0, max: 40 }),
      (bytes) => echoScenario({ name: 'echo', connections: 2, bytes, windowBytes: 16, readSizeBytes: 7 }),
      { numRuns: 200 },
    );
  });
});

describe('what is no schedule', () => {
  test('text in the place of a schedule is refused, with what reads it', () => {
    const strategy = 'split@0=1' as never;
    expect(() => runScenario(oneRead(2), strategy)).toThrow(
      /a strategy must have begin and choose.*got "split@0=1"; Schedule\.parse of foulweather\/fast-check/,
    );
  });

  test.each([
    ['text', [[2, 'split@0=1']], '"split@0=1"; Schedule.parse reads'],
    ['an input alone', [[2]], 'undefined'],
    ['null', [null], 'null'],
    ['no list', 'split@0=1', '"split@0=1"'],
  ])('%s as an example is refused at the call, before any of them is run', (_what, examples, found) => {
    let runs = 0;
    const build = (bytes: number): Scenario => {
      runs += 1;
      return oneRead(bytes);
    };
    const all = Array.isArray(examples) ? [[2, new Schedule([])], ...examples] : examples;
    expect(() => assertEverySchedule(fc.constant(2), build, { examples: all as never })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARG_TYPE',
        message: expect.stringContaining(`with a Schedule, got ${found}`),
      }),
    );
    expect(runs).toBe(0);
  });

  test.each([
    [() => new Schedule('split@0=1' as never), /list of \{ family, occurrence, choice \}, got "split@0=1"/],
    [() => new Schedule([{ family: 'nope' as never, occurrence: 0, choice: 1 }]), /no such fault family/],
    [
      () => new Schedule([{ family: 'split', occurrence: -1, choice: 1 }]),
      /occurrence must be a whole number/,
    ],
    [() => new Schedule([{ family: 'split', occurrence: 0, choice: 0.5 }]), /choice must be a whole number/],
    [() => Schedule.parse('split@0=1,split@0=2'), /split@0 is decided on twice/],
    [() => Schedule.parse(3 as never), /reads text, got 3/],
    [() => schedules('storm' as never), /schedules takes \{ families/],
    [
      () => schedules({ maxDeviation: 3 } as never),
      /schedules knows no "maxDeviation": it takes \{ families/,
    ],
    [() => schedules({ families: 'split' as never }), /families must be a list, got "split"/],
  ])('%s is an argument error', (make, message) => {
    expect(make).toThrow(message);
  });

  test('a function that builds no scenario is told, and is no counterexample', () => {
    const build = (() => undefined) as never;
    expect(() => assertEverySchedule(fc.constant(1), build)).toThrow(/a scenario must be an object/);
  });
});
