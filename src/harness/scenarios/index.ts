// The shipped scenarios: what `foulweather verify` shows when it is given none.
import type { ExploreOptions, Family, Scenario } from '../../sim/index.ts';
import { echoScenario } from './echo.ts';
import { forwarderScenario } from './forwarder.ts';

export { type EchoScenarioOptions, echoScenario } from './echo.ts';
export * from './exchange-client.ts';
export { FORWARDER, type ForwarderScenarioOptions, forwarderScenario, REMOTE } from './forwarder.ts';

/** A scenario and how it is explored by default. */
export interface ShippedScenario {
  readonly scenario: Scenario;
  readonly options: ExploreOptions;
}

/** What can happen to bytes on the way without harm: every interleaving, every split, every joint arrival. */
const BYTES: readonly Family[] = ['order', 'split', 'coalesce', 'end'];

/** Wall time of one exhaustive search in a default run: thrice what the largest takes on a core of its own. One that has not ended by then says how far it came. */
const BUDGET_MS = 60_000;

const EVERYTHING: ExploreOptions = { method: 'exhaustive', budgetMs: BUDGET_MS };

/** Each is explored in every order, literally. */
const EVERY_ORDER: readonly Scenario[] = [
  echoScenario({
    name: 'echo-1x3',
    connections: 1,
    bytes: 3,
    families: [...BYTES, 'short-send', 'short-read'],
  }),
  echoScenario({
    name: 'echo-1x3-reset',
    connections: 1,
    bytes: 3,
    families: [...BYTES, 'reset'],
    limits: { reset: 1 },
  }),
  echoScenario({
    name: 'echo-1x3-close',
    connections: 1,
    bytes: 3,
    families: [...BYTES, 'close'],
    limits: { close: 1 },
  }),
  echoScenario({ name: 'echo-2x3', connections: 2, bytes: 3, families: BYTES }),
  echoScenario({
    name: 'echo-2x3-reset',
    connections: 2,
    bytes: 3,
    families: [...BYTES, 'reset'],
    limits: { reset: 1 },
  }),
  echoScenario({
    name: 'echo-2x3-close',
    connections: 2,
    bytes: 3,
    families: [...BYTES, 'close'],
    limits: { close: 1 },
  }),
  forwarderScenario({ name: 'forward-1x2-up', connections: 1, bytesUp: 2, bytesDown: 0, families: BYTES }),
  forwarderScenario({ name: 'forward-1x2-both', connections: 1, bytesUp: 2, bytesDown: 2, families: BYTES }),
  forwarderScenario({
    name: 'forward-1x2-half-close',
    connections: 1,
    bytesUp: 2,
    bytesDown: 2,
    answersAtEnd: true,
    families: BYTES,
  }),
  forwarderScenario({
    name: 'forward-1x2-refused',
    connections: 1,
    bytesUp: 2,
    bytesDown: 0,
    isRefused: true,
    families: BYTES,
  }),
  forwarderScenario({
    name: 'forward-1x2-reset',
    connections: 1,
    bytesUp: 2,
    bytesDown: 0,
    families: [...BYTES, 'reset'],
    limits: { reset: 1 },
  }),
  forwarderScenario({
    name: 'forward-1x2-close',
    connections: 1,
    bytesUp: 2,
    bytesDown: 0,
    families: [...BYTES, 'close'],
    limits: { close: 1 },
  }),
  forwarderScenario({
    name: 'forward-1x2-both-reset',
    connections: 1,
    bytesUp: 2,
    bytesDown: 2,
    families: [...BYTES, 'reset'],
    limits: { reset: 1 },
  }),
  forwarderScenario({
    name: 'forward-1x2-both-close',
    connections: 1,
    bytesUp: 2,
    bytesDown: 2,
    families: [...BYTES, 'close'],
    limits: { close: 1 },
  }),
  forwarderScenario({
    name: 'forward-1x2-slow-reader',
    connections: 1,
    bytesUp: 2,
    bytesDown: 2,
    readSizeBytes: 1,
    windowBytes: 1,
    families: BYTES,
  }),
];

/** Too many orders for a default run: those among connections that never meet are left out, and the bound says so. */
const SEPARATED: readonly Scenario[] = [
  forwarderScenario({ name: 'forward-2x2-up', connections: 2, bytesUp: 2, bytesDown: 0, families: BYTES }),
];

/** Each is sampled, with every family: the bound of these is not reached, and the report says so. */
const SAMPLED: readonly Scenario[] = [
  echoScenario({ name: 'echo-storm', connections: 3, bytes: 40, readSizeBytes: 7, windowBytes: 16 }),
  forwarderScenario({
    name: 'forward-storm',
    connections: 3,
    bytesUp: 30,
    bytesDown: 20,
    readSizeBytes: 5,
    windowBytes: 16,
  }),
];

/** The shipped scenarios with their default exploration. */
export const shipped: readonly ShippedScenario[] = [
  ...EVERY_ORDER.map((scenario) => ({ scenario, options: { ...EVERYTHING, prune: 'none' as const } })),
  ...SEPARATED.map((scenario) => ({ scenario, options: EVERYTHING })),
  ...SAMPLED.map((scenario) => ({ scenario, options: { method: 'portfolio' as const, schedules: 10_000 } })),
];
