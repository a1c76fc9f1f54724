import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reactor } from '../../src/core/index.ts';
import { RealDriver, RealTransport, systemClock } from '../../src/real/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { type Behaviour, World } from './world.ts';

/** Runs a body to its end, and gives what its channels saw. */
export type Backend = (behaviour: Behaviour) => Promise<Record<string, string[]>>;

const runInSimulation: Backend = async ({ run }) => {
  const simulation = new Simulation();
  const { reactor } = simulation.host('machine');
  const world = new World(reactor, '/contract.sock', (callback) => {
    reactor.callLater(1000, callback);
  });
  run(world);
  simulation.run();
  return world.events;
};

/** Loopback delivers before a system call returns; so many rounds later every event has been seen. */
const QUIET_ROUNDS = 30;

function runReal(usesHandles: boolean): Backend {
  return async ({ run }) => {
    const folder = mkdtempSync(join(tmpdir(), 'foulweather-contract-'));
    const driver = new RealDriver();
    const transport = new RealTransport({ driver, usesHandles, poisonsViews: true });
    const reactor = new Reactor({ driver, transport, clock: systemClock });
    const quietly = (callback: () => void, rounds: number): void => {
      if (rounds === 0) callback();
      else setImmediate(() => quietly(callback, rounds - 1));
    };
    const world = new World(reactor, join(folder, 's'), (callback) => quietly(callback, QUIET_ROUNDS));
    try {
      run(world);
      await reactor.loop();
      return world.events;
    } finally {
      reactor.closeAll();
      rmSync(folder, { recursive: true });
    }
  };
}

export const BACKENDS: Readonly<Record<string, Backend>> = {
  simulation: runInSimulation,
  real: runReal(true),
  'real, public API alone': runReal(false),
};
