// What a synchronous scenario must not use, because no schedule decides on it: the wall's clock and timers, chance, the
// real network. Each is watched while a scenario is explored; who uses it is named.
import { SimulationError } from './errors.ts';

/** A function that a scenario must not call, by where it is found. */
export interface Tripwire {
  readonly holder: object | undefined;
  readonly key: string;
  /** As people write it. */
  readonly name: string;
  readonly instead: string;
  /** Whether only a program's own call trips it, and not one that Node makes for it. Default false. */
  readonly isDirect?: boolean;
}

const CLOCK = 'ask reactor.now() or sim.nowMs';
const TIMER = 'use callLater of a dispatcher or reactor, or sim.at';
const CHANCE = 'use sim.decide, or a generator with a seed of its own';
const NETWORK = 'connect and listen through a simulated host';

const world = globalThis as Record<string, unknown>;
const wire = (holder: unknown, key: string, name: string, instead: string): Tripwire => ({
  holder: holder as object | undefined,
  key,
  name,
  instead,
});

const wires: Tripwire[] = [
  wire(world, 'Date', 'Date', CLOCK),
  wire(world.performance, 'now', 'performance.now', CLOCK),
  wire(world.process, 'hrtime', 'process.hrtime', CLOCK),
  wire(Math, 'random', 'Math.random', CHANCE),
  wire(world.crypto, 'getRandomValues', 'crypto.getRandomValues', CHANCE),
  wire(world.crypto, 'randomUUID', 'crypto.randomUUID', CHANCE),
  ...['setTimeout', 'setInterval', 'setImmediate'].map((key) => wire(world, key, key, TIMER)),
  ...['fetch', 'WebSocket', 'EventSource'].map((key) => wire(world, key, key, NETWORK)),
];

/** The globals belong to the whole process, and so does what is known of their being watched. */
const watch = { depth: 0, isArmed: false, tripped: null as SimulationError | null };

/** Watches for more, from now on: what only another module can reach. */
export function watchAlso(more: readonly Tripwire[]): void {
  for (const added of more) {
    if (!wires.some(({ holder, key }) => holder === added.holder && key === added.key)) wires.push(added);
  }
}

/** Watches while `body` runs. What somebody has replaced already (by fake timers, say) is left to them. */
export function withTripwires<T>(body: () => T): T {
  watch.depth += 1;
  const taken = watch.depth === 1 ? wires.map(install) : [];
  try {
    return body();
  } finally {
    watch.depth -= 1;
    for (const restore of taken) restore();
  }
}

/** A part of a scenario runs from here on: wires trip until `disarm` is called with what this returned. */
export function arm(): boolean {
  const wasArmed = watch.isArmed;
  watch.isArmed = watch.depth > 0;
  return wasArmed;
}

export function disarm(wasArmed: boolean): void {
  watch.isArmed = wasArmed;
}

/** What has tripped since this was asked last, also if the program has caught what was thrown; null if nothing has. */
export function takeTripped(): SimulationError | null {
  const error = watch.tripped;
  watch.tripped = null;
  return error;
}

function install({ holder, key, name, instead, isDirect = false }: Tripwire): () => void {
  const descriptor = holder === undefined ? undefined : Object.getOwnPropertyDescriptor(holder, key);
  const original: unknown = holder === undefined ? undefined : Reflect.get(holder, key);
  if (descriptor?.configurable === false || typeof original !== 'function' || isDouble(original))
    return () => {};
  const check = (what: string): void => {
    if (watch.isArmed) trip(what, instead, isDirect);
  };
  const watched = new Proxy(original, {
    apply(target, self, parameters) {
      check(name);
      return Reflect.apply(target, self, parameters);
    },
    construct(target, parameters, newTarget) {
      // A date that is told its time is as good as any value.
      if (name !== 'Date' || parameters.length === 0) check(`new ${name}`);
      return Reflect.construct(target, parameters, newTarget);
    },
    get(target, property) {
      if (name === 'Date' && property === 'now') check('Date.now');
      if (name === 'process.hrtime' && property === 'bigint') check('process.hrtime.bigint');
      return Reflect.get(target, property) as unknown;
    },
  });
  Object.defineProperty(holder, key, {
    value: watched,
    writable: true,
    configurable: true,
    enumerable: descriptor?.enumerable ?? false,
  });
  return () => {
    if (Reflect.get(holder as object, key) !== watched) return;
    if (descriptor === undefined) Reflect.deleteProperty(holder as object, key);
    else Object.defineProperty(holder, key, descriptor);
  };
}

function trip(name: string, instead: string, isDirect: boolean): void {
  const site = callSite(isDirect);
  if (site === null) return;
  const error = new SimulationError(
    'ERR_OUTSIDE',
    `${name} was used at ${site}: no schedule decides on it, so the run could not be repeated; ${instead}`,
  );
  watch.tripped ??= error;
  throw error;
}

/** Tools that stand between a scenario and its author, and do not change what a run does. */
const TOOLS = /node_modules\/(\.pnpm\/)?(@?vitest|chai|fast-check|pure-rand|memfs|@jsonjoy|@sinonjs)/;

const OWN = /sim\/tripwires\.[jt]s/;

/** Where a program used what it must not; null if a tool did, or with `isDirect` Node itself. */
function callSite(isDirect: boolean): string | null {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  const own = frames.findLastIndex((frame, index) => index < 8 && OWN.test(frame));
  const callers = frames.slice(own + 1);
  const frame = callers.find((line) => !line.includes('(node:') && !line.includes(' node:'));
  if (isDirect && frame !== callers[0]) return null;
  if (frame === undefined) return 'an unknown place';
  if (TOOLS.test(frame)) return null;
  return frame.replace(/^\s*at (.*\()?(file:\/\/)?/, '').replace(/\)$/, '');
}

/** Whether a test has put its own in the place: fake timers carry their clock, vitest's functions their mock. */
function isDouble(value: object): boolean {
  return 'clock' in value || 'mock' in value;
}
