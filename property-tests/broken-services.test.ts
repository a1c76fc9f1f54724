// The library of broken services can be caught, and what it is made from cannot.
import { describe, expect, test } from 'vitest';
import { EchoServer, ForwardServer } from '../src/services/index.ts';
import { calm } from '../src/sim/index.ts';
import { BROKEN, type EchoService, type ForwardService } from './support/broken/index.ts';
import { accountable, echoOf, forwardOf, none } from './support/broken/variation.ts';
import { Seeded } from './support/seeded.ts';
import { trySomewhere } from './support/service-scenarios.ts';

const ROUNDS_MAX = 20_000;
const GOOD_ROUNDS = 2000;

/** The first round in which a service fails, and how; null if it never does. */
function firstFailure(
  service: EchoService | ForwardService,
  rounds: number,
): { readonly round: number; readonly complaint: string } | null {
  for (let round = 0; round < rounds; round += 1) {
    const weather = round % 2 === 0 ? 'storm' : 'breeze';
    const complaint = trySomewhere(service, new Seeded(round, weather), round >> 1);
    if (complaint !== null) return { round, complaint };
  }
  return null;
}

const GOOD: readonly (readonly [string, EchoService | ForwardService])[] = [
  ['the echo that the broken ones vary', { kind: 'echo', make: echoOf(none) }],
  ['the forwarder that the broken ones vary', { kind: 'forward', make: forwardOf(none, none) }],
  [
    'the shipped echo',
    { kind: 'echo', make: (reactor, local) => accountable(new EchoServer(reactor, local)) },
  ],
  [
    'the shipped forwarder',
    { kind: 'forward', make: (reactor, addresses) => accountable(new ForwardServer(reactor, addresses)) },
  ],
];

describe('the control group', () => {
  test.each(GOOD)('%s is never caught', (_name, service) => {
    expect(firstFailure(service, GOOD_ROUNDS)).toBe(null);
  });
});

test('there are at least 16 broken services with different names, 4 of them about order or starvation', () => {
  expect(new Set(BROKEN.map(({ name }) => name)).size).toBe(BROKEN.length);
  expect(BROKEN.length).toBeGreaterThanOrEqual(16);
  const timing = BROKEN.filter(({ group }) => group === 'ordering' || group === 'starvation');
  expect(timing.length).toBeGreaterThanOrEqual(4);
});

describe('each broken service is caught', () => {
  test.each(BROKEN.map((service) => [service.name, service] as const))('%s', (_name, service) => {
    expect(firstFailure(service, ROUNDS_MAX)).not.toBe(null);
  });
});

test('most broken services pass on the perfect network', () => {
  const caught = BROKEN.filter((service) =>
    [0, 1, 2, 3, 4, 5].some((round) => trySomewhere(service, calm, round) !== null),
  );
  expect(caught.map(({ name }) => name)).toEqual([
    'echo: the classic recipe',
    'forward: the classic recipe',
    'echo: always wants to write',
    'echo: calls its own handler',
    'echo: drops the rest',
    'echo: keeps the view',
    'echo: reads without limit',
    'forward: the client goes first',
    'forward: closes both',
    'forward: forgets the half-close',
    'forward: loses early bytes',
    'forward: mixes up connections',
    'forward: reads without limit',
    'forward: one pending connect',
  ]);
});
