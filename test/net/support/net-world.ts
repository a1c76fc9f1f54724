// Two machines with a net module each, and the least that drives them: one network event, then whatever JavaScript
// has queued, until nothing is left.
import type { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createNet, type NetModule } from '../../../src/net/index.ts';
import { type Host, Simulation, type SimulationOptions } from '../../../src/sim/index.ts';

/** Rounds of JavaScript's own queues between two network events: closing callbacks take one of their own. */
const QUIET_ROUNDS = 3;

export class NetWorld {
  readonly sim: Simulation;
  readonly serverHost: Host;
  readonly clientHost: Host;
  /** net on the host `server`. */
  readonly serverNet: NetModule;
  /** net on the host `client`. */
  readonly net: NetModule;
  /** What `record` has heard. */
  readonly events: unknown[][] = [];

  /** Without options, the perfect network. */
  constructor(options: SimulationOptions = { families: [] }) {
    this.sim = new Simulation(options);
    this.serverHost = this.sim.host('server');
    this.clientHost = this.sim.host('client');
    this.serverNet = createNet(this.serverHost);
    this.net = createNet(this.clientHost);
  }

  /** Notes `names` of `emitter`, as `[prefix + name, ...arguments]`. */
  record(emitter: EventEmitter, names: readonly string[], prefix = ''): void {
    for (const name of names)
      emitter.on(name, (...args: unknown[]) => {
        this.events.push([prefix + name, ...args.map(simplify)]);
      });
  }

  note(...event: unknown[]): void {
    this.events.push(event.map(simplify));
  }

  /** Takes events until none is left, or virtual time has reached `untilMs`. */
  async run(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    do await quiet();
    while (this.sim.nowMs < untilMs && this.sim.step());
  }
}

async function quiet(): Promise<void> {
  for (let round = 0; round < QUIET_ROUNDS; round += 1) await nextTurn();
}

/** Errors as their code, bytes as text. */
function simplify(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof Error) return (value as NodeJS.ErrnoException).code ?? value.message;
  return value;
}
