import http from 'node:http';
import type { Simulation } from '../../../src/sim/index.ts';

/** Serves `text` on port 80 of `host`; gives what ends it. */
export async function serveText(sim: Simulation, host: string, text: string): Promise<() => Promise<void>> {
  const server = http.createServer((_, response) => response.end(text));
  await sim.host(host).run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
  return () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
}
