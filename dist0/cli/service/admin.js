import { once } from 'node:events';
import { createServer } from 'node:http';
import { formatAddress } from '../../core/index.js';
import { CommandError } from '../usage-error.js';

/** The content type of the text format of Prometheus. */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** `/health` says that the process lives, `/ready` whether it wants connections, `/metrics` what it counts. */
export async function startAdmin(address, source, log) {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, 'GET only\n');
    else if (path === '/health') answer(response, 200, 'ok\n');
    else if (path === '/ready')
      answer(response, source.isReady() ? 200 : 503, source.isReady() ? 'ready\n' : 'draining\n');
    else if (path === '/metrics') {
      source.metrics().then(
        (text) => answer(response, 200, text, METRICS_TYPE),
        (error) => answer(response, 500, `${String(error)}\n`),
      );
    } else answer(response, 404, 'There are /health, /ready and /metrics\n');
  });
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CommandError(`cannot serve --admin on ${formatAddress(address)}: ${error.message}`);
  }
  const bound = server.address();
  log.admin({ host: bound.address, port: bound.port });
  return server;
}
/** Ends the server and what it has under way. */
export function stopAdmin(server) {
  server?.close();
  server?.closeAllConnections();
}
function answer(response, status, text, type = 'text/plain; charset=utf-8') {
  // Without keep-alive, so that a scraper's connection never outlives its answer.
  response.writeHead(status, { 'Content-Type': type, Connection: 'close' }).end(text);
}
