import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reactor } from '../../src/core/index.ts';
import { RealDriver, RealTransport, systemClock } from '../../src/real/index.ts';
import { Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { type Behaviour, type Disk, World } from './world.ts';

/** Runs a body to its end, and gives what its channels saw. */
export type Backend = (behaviour: Behaviour) => Promise<Record<string, string[]>>;

/** A simulation of such options. */
export const inSimulation =
  (options: SimulationOptions): Backend =>
  async ({ run, after }) => {
    const simulation = new Simulation(options);
    const host = simulation.host('machine');
    const { reactor, volume } = host;
    const disk: Disk = {
      read: (path) => String(volume.readFileSync(path)),
      write: (path, text) => volume.writeFileSync(path, text),
      makeFifo: (path) => host.makeFifo(path),
      rename: (from, to) => volume.renameSync(from, to),
      remove: (path) => volume.unlinkSync(path),
      afterWrites: (callback) => void reactor.callLater(1000, callback),
    };
    const world = new World(reactor, disk, '/contract.sock', (callback) => {
      reactor.callLater(1000, callback);
    });
    run(world);
    simulation.run();
    after?.(world);
    return world.events;
  };

/** Files are read and written by other threads, which tell nobody when they are idle. */
const DISK_MS = 100;

const realDisk: Disk = {
  read: (path) => readFileSync(path, 'utf8'),
  write: (path, text) => writeFileSync(path, text),
  makeFifo: (path) => execFileSync('mkfifo', [path]),
  rename: renameSync,
  remove: unlinkSync,
  afterWrites: (callback) => void setTimeout(callback, DISK_MS),
};

/** Loopback delivers before a system call returns; so many rounds later every event has been seen. */
const QUIET_ROUNDS = 30;

function runReal(usesHandles: boolean): Backend {
  return async ({ run, after }) => {
    const folder = mkdtempSync(join(tmpdir(), 'foulweather-contract-'));
    const driver = new RealDriver();
    const transport = new RealTransport({ driver, usesHandles, poisonsViews: true });
    const reactor = new Reactor({ driver, transport, clock: systemClock });
    const quietly = (callback: () => void, rounds: number): void => {
      if (rounds === 0) callback();
      else setImmediate(() => quietly(callback, rounds - 1));
    };
    const world = new World(reactor, realDisk, join(folder, 's'), (callback) =>
      quietly(callback, QUIET_ROUNDS),
    );
    try {
      run(world);
      await reactor.loop();
      if (after !== undefined) {
        await new Promise<void>((resolve) => realDisk.afterWrites(resolve));
        after(world);
      }
      return world.events;
    } finally {
      reactor.closeAll();
      rmSync(folder, { recursive: true });
    }
  };
}

export const BACKENDS: Readonly<Record<string, Backend>> = {
  simulation: inSimulation({}),
  real: runReal(true),
  'real, public API alone': runReal(false),
};
