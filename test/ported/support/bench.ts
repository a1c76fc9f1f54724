// The matrix of the ported tests: one body, every backend, both orders of a turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, InternetAddress, Reactor, TurnOrder } from '../../../src/core/index.ts';
import { createRealReactor } from '../../../src/real/index.ts';
import { Simulation } from '../../../src/sim/index.ts';

/** A server's and a client's reactor, and how to wait for them. */
export interface Bench {
  readonly serverReactor: Reactor;
  readonly clientReactor: Reactor;
  /** Where a server listens; the port is chosen by the backend. */
  readonly listenAddress: Address;
  /** How the client reaches what listens at `local`. */
  reach(local: Address | null): Address;
  /** Does turns until the condition holds; fails if it does not come to hold. */
  until(condition: () => boolean): Promise<void>;
  /** Closes everything. */
  end(): void;
}

export type BenchMaker = (order: TurnOrder) => Bench;

const DEADLINE_MS = 5000;

function realBench(listenAddress: Address, order: TurnOrder): Bench {
  const reactor = createRealReactor({ order });
  return {
    serverReactor: reactor,
    clientReactor: reactor,
    listenAddress,
    reach: (local) => local ?? listenAddress,
    until: async (condition) => {
      const startMs = reactor.now();
      while (!condition()) {
        if (reactor.now() - startMs > DEADLINE_MS) throw new Error(`still not so: ${String(condition)}`);
        if (reactor.size === 0) throw new Error(`no channel is left, and still not so: ${String(condition)}`);
        await reactor.loop({ count: 1, timeoutMs: 20 });
      }
    },
    end: () => reactor.closeAll(),
  };
}

function unixBench(order: TurnOrder): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'foulweather-'));
  const bench = realBench({ path: join(folder, 'socket') }, order);
  const end = (): void => {
    bench.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...bench, end };
}

function simBench(order: TurnOrder): Bench {
  const sim = new Simulation();
  const server = sim.host('server', { order });
  const client = sim.host('client', { order });
  return {
    serverReactor: server.reactor,
    clientReactor: client.reactor,
    listenAddress: { host: '0.0.0.0', port: 0 },
    reach: (local) => ({ host: 'server', port: (local as InternetAddress).port }),
    until: async (condition) => {
      sim.run({ allowOpen: true });
      if (!condition()) throw new Error(`nothing is left to happen, and still not so: ${String(condition)}`);
    },
    end: () => {
      for (const host of sim.hosts) host.reactor.closeAll();
    },
  };
}

export const BACKENDS: readonly (readonly [name: string, make: BenchMaker])[] = [
  ['sim', simBench],
  ['real tcp4', (order) => realBench({ host: '127.0.0.1', port: 0 }, order)],
  ['real tcp6', (order) => realBench({ host: '::1', port: 0 }, order)],
  ['real unix', unixBench],
];

export const ORDERS: readonly TurnOrder[] = ['phased', 'per-channel'];

export const MATRIX = BACKENDS.flatMap(([name, make]) =>
  ORDERS.map((order) => [`${name}, ${String(order)}`, () => make(order)] as const),
);

/** Runs a body on a bench of its own, and closes what it left open. */
export function onBench(make: () => Bench, body: (bench: Bench) => Promise<void>): () => Promise<void> {
  return async () => {
    const bench = make();
    try {
      await body(bench);
    } finally {
      bench.end();
    }
  };
}
