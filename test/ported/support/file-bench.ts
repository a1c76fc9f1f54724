// Files for the ported tests, on both backends.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileWrapper, Reactor, TurnOrder } from '../../../src/core/index.ts';
import { createRealReactor } from '../../../src/real/index.ts';
import { Simulation } from '../../../src/sim/index.ts';
import { ORDERS } from './bench.ts';

export interface FileBench {
  readonly reactor: Reactor;
  readonly path: string;
  /** Whether a descriptor given by number may be closed by the caller right afterwards. */
  readonly dupsDescriptors: boolean;
  write(text: string): void;
  read(): string;
  openDescriptor(): number;
  closeDescriptor(descriptor: number): void;
  /** Waits until a wrapper's file has one of these readiness bits. */
  ready(file: FileWrapper, bits: number): Promise<void>;
  /** Waits until this holds, which a file event makes it. */
  until(condition: () => boolean): Promise<void>;
  /** Turns until no channel is left. */
  loop(): Promise<void>;
  end(): void;
}

function realFileBench(order: TurnOrder): FileBench {
  const reactor = createRealReactor({ order });
  const folder = mkdtempSync(join(tmpdir(), 'foulweather-'));
  const path = join(folder, 'file');
  const until = async (condition: () => boolean): Promise<void> => {
    const startMs = reactor.now();
    while (!condition()) {
      if (reactor.now() - startMs > 5000) throw new Error(`still not so: ${String(condition)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    reactor,
    path,
    dupsDescriptors: true,
    write: (text) => writeFileSync(path, text),
    read: () => readFileSync(path, 'utf8'),
    openDescriptor: () => openSync(path, 'r'),
    closeDescriptor: closeSync,
    ready: (file, bits) => until(() => (file.endpoint.readiness & bits) !== 0),
    until,
    loop: () => reactor.loop(),
    end: () => {
      reactor.closeAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function simFileBench(order: TurnOrder): FileBench {
  const sim = new Simulation();
  const { reactor, volume } = sim.host('host', { order });
  const path = '/file';
  const until = async (condition: () => boolean): Promise<void> => {
    sim.run({ allowOpen: true });
    if (!condition()) throw new Error(`nothing is left to happen, and still not so: ${String(condition)}`);
  };
  return {
    reactor,
    path,
    // memfs has no dup either, and no /proc/self/fd to open one anew.
    dupsDescriptors: false,
    write: (text) => volume.writeFileSync(path, text),
    read: () => String(volume.readFileSync(path, 'utf8')),
    openDescriptor: () => Number(volume.openSync(path, 'r')),
    closeDescriptor: (descriptor) => volume.closeSync(descriptor),
    ready: (file, bits) => {
      file.endpoint.watcher ??= { onReadiness: () => {} };
      return until(() => (file.endpoint.readiness & bits) !== 0);
    },
    until,
    loop: async () => sim.run(),
    end: () => reactor.closeAll(),
  };
}

export const FILE_MATRIX = (
  [
    ['sim', simFileBench],
    ['real', realFileBench],
  ] as const
).flatMap(([name, make]) => ORDERS.map((order) => [`${name}, ${String(order)}`, () => make(order)] as const));

/** Runs a body on a file bench of its own, and removes it. */
export function onFileBench(
  make: () => FileBench,
  body: (bench: FileBench) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const bench = make();
    try {
      await body(bench);
    } finally {
      bench.end();
    }
  };
}
