import { expect, test } from 'vitest';
import { useGlobalTimers } from '../../src/harness/global-timers.ts';
import { Simulation } from '../../src/sim/index.ts';

/** Runs `body` with the global timers of host `a`; what it noted, and the virtual time at the end. */
function run(body: (note: (what: string) => void, sim: Simulation) => void): {
  noted: string[];
  nowMs: number;
} {
  const sim = new Simulation();
  const noted: string[] = [];
  const restore = useGlobalTimers(sim, sim.host('a'));
  try {
    body((what) => noted.push(`${Date.now()} ${what}`), sim);
    sim.run();
  } finally {
    restore();
  }
  return { noted, nowMs: sim.nowMs };
}

test('timers of a program and of the network share one line', () => {
  const { noted } = run((note, sim) => {
    setTimeout(() => note('program'), 20);
    sim.host('b').reactor.callLater(10, () => note('network'));
    sim.host('b').reactor.callLater(30, () => note('network'));
  });
  expect(noted).toEqual(['10 network', '20 program', '30 network']);
});

test('an hour passes at once', () => {
  const { noted, nowMs } = run((note) => setTimeout(() => note('late'), 3_600_000));
  expect([noted, nowMs]).toEqual([['3600000 late'], 3_600_000]);
});

test('a timer set by a timer fires after it', () => {
  const { noted } = run((note) => {
    setTimeout(() => {
      note('first');
      setTimeout(() => note('second'), 5);
    }, 5);
  });
  expect(noted).toEqual(['5 first', '10 second']);
});

test('a cleared timer never fires', () => {
  const { noted } = run((note) => {
    const timer = setTimeout(() => note('never'), 5);
    setTimeout(() => clearTimeout(timer), 1);
  });
  expect(noted).toEqual([]);
});

test('an interval fires until it is cleared', () => {
  const { noted } = run((note) => {
    let count = 0;
    const timer = setInterval(() => {
      note('again');
      count += 1;
      if (count === 3) clearInterval(timer);
    }, 10);
  });
  expect(noted).toEqual(['10 again', '20 again', '30 again']);
});

test('the real timers are back afterwards', () => {
  const real = globalThis.setTimeout;
  run(() => {});
  expect(globalThis.setTimeout).toBe(real);
});
