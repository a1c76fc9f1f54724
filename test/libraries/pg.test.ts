import net from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Simulation } from '../../src/sim/index.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

// Making a database takes seconds; the tests only read from it.
const database = await PGlite.create();

/** PGlite behind a socket: whole units, up to what asks for an answer, one after the other. */
function createServer(): net.Server {
  return net.createServer((socket) => {
    let input = Buffer.alloc(0);
    let unit: Buffer[] = [];
    let hasStarted = false;
    let turn = Promise.resolve();
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      for (let message = take(); message !== null; message = take()) {
        unit.push(message);
        if (hasStarted && !'SQ'.includes(String.fromCharCode(message[0]))) continue;
        hasStarted = true;
        const bytes = Buffer.concat(unit);
        unit = [];
        turn = turn.then(() => answer(bytes));
      }
    });
    async function answer(bytes: Buffer): Promise<void> {
      const output = await database.runExclusive(() => database.execProtocolRaw(bytes));
      if (socket.writable) socket.write(output);
    }
    /** One whole message: a kind (but for the first of a connection), a length, and the rest. */
    function take(): Buffer | null {
      const lengthAt = hasStarted ? 1 : 0;
      if (input.length < lengthAt + 4) return null;
      const size = lengthAt + input.readInt32BE(lengthAt);
      if (input.length < size) return null;
      const message = input.subarray(0, size);
      input = input.subarray(size);
      return message;
    }
  });
}

const QUERY = { text: 'SELECT $1::text || n AS weather FROM generate_series(1, 3) AS n', values: [LONG] };
const ROWS = [1, 2, 3].map((n) => ({ weather: LONG + n }));
const HOST = { host: 'server', user: 'postgres', database: 'postgres' };

proveExchange('pg.Client with PGlite', {
  async talk(sim: Simulation) {
    const server = createServer();
    await listenOn(sim, 'server', server, 5432);
    const client = new pg.Client(HOST);
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(QUERY)).rows;
    } finally {
      await client.end().catch(() => {});
      server.close();
    }
  },
  expected: ROWS,
  // PostgreSQL's own, for its statistics.
  allowOpen: true,
});

proveExchange('pg.Pool with PGlite', {
  async talk(sim: Simulation) {
    const server = createServer();
    await listenOn(sim, 'server', server, 5432);
    const pool = new pg.Pool({ ...HOST, max: 2 });
    pool.on('error', () => {});
    try {
      const all = await Promise.allSettled([1, 2, 3].map(() => pool.query(QUERY)));
      for (const one of all) if (one.status === 'rejected') throw one.reason;
      return all.map((one) => (one as { value: pg.QueryResult }).value.rows);
    } finally {
      await pool.end();
      server.close();
    }
  },
  expected: [ROWS, ROWS, ROWS],
  allowOpen: true,
});
