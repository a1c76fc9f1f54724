// Where a program of net operations runs: on the façade over a simulation, or on node:net over loopback.
import { mkdtempSync, rmSync } from 'node:fs';
import * as genuineNet from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { createNet, type NetModule } from '../../../src/net/index.ts';
import { type Family, Simulation, type Strategy } from '../../../src/sim/index.ts';

export interface Stage {
  readonly net: NetModule;
  /** A path nobody has listened on. */
  readonly path: string;
  /** Settles once everything that is under way has arrived. */
  quiet(): Promise<void>;
  wait(durationMs: number): Promise<void>;
  dispose(): void;
}

/** Loopback delivers before a system call returns; so many rounds later every event has been seen. */
const QUIET_ROUNDS = 12;

/** Rounds of JavaScript's own queues between two network events: closing callbacks take one of their own. */
const ROUNDS_PER_EVENT = 3;

async function rounds(count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) await nextTurn();
}

export function realStage(): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'foulweather-net-'));
  return {
    net: genuineNet,
    path: join(folder, 's'),
    quiet: () => rounds(QUIET_ROUNDS),
    async wait(durationMs) {
      await delay(durationMs);
      await rounds(QUIET_ROUNDS);
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * Loopback delivers before a system call returns: what was sent in one turn is there together when its receiver looks. What two
 * programs send each other in one turn may or may not be.
 */
export const TOGETHER: readonly Family[] = ['coalesce', 'end'];

const ALWAYS: Strategy = { begin: () => {}, choose: () => 1 };

/** On the façade over a simulation in which what these families may change is always changed. */
export function simulatedStage(families: readonly Family[] = TOGETHER): Stage {
  const simulation = new Simulation({ families, strategy: ALWAYS });
  const machine = simulation.host('machine');
  const { schedule } = simulation.network;
  const runUntil = async (untilMs: number): Promise<void> => {
    do await rounds(ROUNDS_PER_EVENT);
    while (schedule.nextAtMs <= untilMs && simulation.step());
  };
  return {
    net: createNet(machine),
    path: '/net.sock',
    quiet: () => runUntil(simulation.nowMs),
    async wait(durationMs) {
      const untilMs = simulation.nowMs + durationMs;
      simulation.at(untilMs, () => {});
      await runUntil(untilMs);
    },
    dispose: () => {},
  };
}
