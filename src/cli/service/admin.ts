import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatAddress, type InternetAddress } from '../../core/index.ts';
import { CommandError } from '../usage-error.ts';
import type { ServiceLog } from './service-log.ts';

export interface AdminSource {
  /** Whether new connections are wanted. */
  readonly isReady: () => boolean;
  /** The metrics, as Prometheus reads them. */
  readonly metrics: () => Promise<string>;
}

/** The content type of the text format of Prometheus. */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** `/health` says that the process lives, `/ready` whether it wants connections, `/metrics` what it counts. */
export async function startAdmin(
  address: InternetAddress,
  source: AdminSource,
  log: ServiceLog,
): Promise<Server> {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, 'GET only\n');
    else if (path === '/health') answer(response, 200, 'ok\n');
    else if (path === '/ready')
      answer(response, source.isReady() ? 200 : 503, source.isReady() ? 'ready\n' : 'draining\n');
    else if (path === '/metrics') {
      source.metrics().then(
        (text) => answer(response, 200, text, METRICS_TYPE),
        (error: unknown) => answer(response, 500, `${String(error)}\n`),
      );
    } else answer(response, 404, 'There are /health, /ready and /metrics\n');
  });
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CommandError(`cannot serve --admin on ${formatAddress(address)}: ${(error as Error).message}`);
  }
  const bound = server.address() as AddressInfo;
  log.admin({ host: bound.address, port: bound.port });
  return server;
}

/** Ends the server and what it has under way. */
export function stopAdmin(server: Server | null): void {
  server?.close();
  server?.closeAllConnections();
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  // Without keep-alive, so that a scraper's connection never outlives its answer.
  response.writeHead(status, { 'Content-Type': type, Connection: 'close' }).end(text);
}
