// An HTTP API: a service that asks another one, and what its callers see when that one is slow or the network breaks.
import http from 'node:http';
import { everySchedule, test } from 'foulweather/vitest';
import { expect } from 'vitest';

/** The program under test: it asks `stations` and passes the answer on, or says 503 after two seconds. */
function createForecast(): http.Server {
  return http.createServer(async (_request, response) => {
    try {
      const answer = await fetch('http://stations/today', { signal: AbortSignal.timeout(2000) });
      // The whole of it first: once a status is sent there is no way back to 503.
      const text = await answer.text();
      response.writeHead(answer.status).end(text);
    } catch {
      response.writeHead(503).end();
    }
  });
}

const listen = (server: http.Server): Promise<void> =>
  new Promise((resolve) => server.listen(80, () => resolve()));

test('a caller hears 503 two seconds after the stations fell silent', async ({ sim }) => {
  const stations = http.createServer(() => {});
  const forecast = createForecast();
  await sim.host('stations').run(() => listen(stations));
  await sim.host('forecast').run(() => listen(forecast));

  const answer = await fetch('http://forecast/');
  expect(answer.status).toBe(503);
  expect(sim.nowMs).toBeLessThan(2100);

  stations.close().closeAllConnections();
  forecast.close();
});

everySchedule('an answer with status 200 is whole', { schedules: 60 }, async ({ sim }) => {
  const stations = http.createServer((_request, response) => response.end('rain and fog'));
  const forecast = createForecast();
  await sim.host('stations').run(() => listen(stations));
  await sim.host('forecast').run(() => listen(forecast));
  try {
    const answer = await fetch('http://forecast/');
    if (answer.status === 200) expect(await answer.text()).toBe('rain and fog');
  } catch (error) {
    // That the connection breaks is nothing a server can help; a wrong answer is.
    if ((error as Error).name !== 'TypeError') throw error;
  } finally {
    for (const server of [stations, forecast]) server.close().closeAllConnections();
  }
});
