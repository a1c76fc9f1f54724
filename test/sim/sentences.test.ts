// What a deviation is called: the bytes and the hosts are named, whatever the family.
import { expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/index.ts';
import { random, runScenario, type Scenario } from '../../src/sim/index.ts';

/** Every sentence of many runs, with figures left out. */
function sentences(scenario: Scenario): string {
  const found = new Set<string>();
  for (let seed = 1; seed <= 300; seed += 1)
    for (const { text } of runScenario(scenario, random(seed, 'storm'), { trace: true }).trace!.deviations)
      found.add(text);
  return [...found].sort().join('\n');
}

const storm = sentences(echoScenario({ name: 'echo', connections: 2, bytes: 4, windowBytes: 3 }));

test.each([
  ['order', /^data "abc" from client-1 → server \(#1\) comes before the turn of server$/m],
  ['order', /^the end of stream \(fin\) from client-1 → server \(#1\) comes before /m],
  ['ready', /^server: ready channel 2 of 2 is served first: <EchoChannel open .*> before <.*>$/m],
  [
    'split',
    /^client-1 → server \(#1\): a segment of 3 bytes is split: bytes 1–2 arrive, 1 later: "ab", then "c"$/m,
  ],
  ['coalesce', /^server → client-1 \(#1\): data ".*" arrives before client-1 has looked at ".*"$/m],
  ['end', /^client-1 → server \(#1\): the end of stream arrives together with the bytes before it, "d"$/m],
  ['short-send', /^client-1 → server \(#1\): send accepts 2 of 3 bytes: "ab", not yet "c"$/m],
  ['short-read', /^client-1 → server \(#1\): recv gives 1 of 3 bytes: "a", not yet "bc"$/m],
  ['stall', /^client-1 → server \(#1\): stalls for 250 ms before data "abc"$/m],
  ['reset', /^client-1 → server \(#1\): the connection is reset instead of delivering data "abc"$/m],
  ['close', /^client-. → server \(#.\): the connection is closed for both ends instead of delivering /m],
  ['refuse', /^client-1 → server \(#1\): the connection attempt is refused$/m],
])('%s is told as %s', (_family, sentence) => {
  expect(storm).toMatch(sentence);
});

test('a timer that overtakes is told with its host', () => {
  const timers: Scenario = {
    name: 'timers',
    setup(sim) {
      for (const name of ['ann', 'bob']) sim.host(name).clock.setTimer(name === 'ann' ? 3 : 5, () => {});
    },
  };
  expect(sentences(timers)).toBe('the timer of bob due at 5 ms comes before the timer of ann due at 3 ms');
});
