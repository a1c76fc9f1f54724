import type { EventEmitter } from 'node:events';
import mysql from 'mysql2';
import promises from 'mysql2/promise';
import type { Simulation } from '../../src/sim/index.ts';
import { proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

type Listen = (port: number, callback: () => void) => void;

/** What mysql2's server connections offer; its types leave them out. */
interface ServerConnection extends EventEmitter {
  serverHandshake(options: object): void;
  writeTextResult(rows: object[], columns: object[]): void;
  writeOk(): void;
  /** Of the next protocol message; each exchange begins at 0, which this server leaves to its user. */
  sequenceId: number;
  stream: EventEmitter & { destroy(): void };
}

async function talk(sim: Simulation): Promise<unknown> {
  const connections: ServerConnection[] = [];
  const server = mysql.createServer((made) => {
    const connection = made as unknown as ServerConnection;
    connections.push(connection);
    connection.on('error', () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: connections.length,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff ^ 2048,
      authCallback: (_parameters: unknown, done: (error: null) => void) => {
        done(null);
        connection.sequenceId = 0;
      },
    });
    connection.on('query', (sql: string) => {
      const columns = [
        {
          catalog: 'def',
          schema: 't',
          table: 't',
          orgTable: 't',
          name: 'weather',
          orgName: 'weather',
          characterSet: 33,
          columnLength: 100_000,
          columnType: 253,
          flags: 0,
          decimals: 0,
        },
      ];
      connection.writeTextResult([{ weather: `${sql} ${LONG}` }, { weather: 'fog' }], columns);
      connection.sequenceId = 0;
    });
  });
  await sim
    .host('server')
    .run(() => new Promise<void>((resolve) => (server.listen as Listen)(3306, resolve)));
  let client: promises.Connection | null = null;
  try {
    client = await promises.createConnection({ host: 'server', user: 'me' });
    client.on('error', () => {});
    const [first] = await client.query('SELECT 1');
    const [second] = await client.query('SELECT 2');
    return [first, second];
  } finally {
    client?.destroy();
    for (const { stream } of connections) stream.destroy();
    (server as unknown as { close(): void }).close();
  }
}

proveExchange('mysql2', {
  talk,
  expected: ['SELECT 1', 'SELECT 2'].map((sql) => [{ weather: `${sql} ${LONG}` }, { weather: 'fog' }]),
});
