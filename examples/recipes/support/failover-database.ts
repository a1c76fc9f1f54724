import type { EventEmitter } from 'node:events';
import mysql from 'mysql2';

/** What mysql2's server connections offer; its types leave them out. */
interface ServerConnection extends EventEmitter {
  serverHandshake(options: object): void;
  writeTextResult(rows: object[], columns: object[]): void;
  /** Of the next protocol message. */
  sequenceId: number;
}

const COLUMN = {
  catalog: 'def',
  schema: '',
  table: '',
  orgTable: '',
  name: 'name',
  orgName: 'name',
  characterSet: 33,
  columnLength: 255,
  columnType: 253,
  flags: 0,
  decimals: 0,
};

/** A database that answers every query with its name, over MySQL's protocol. Settles when it listens. */
export function createFailoverDatabase(name: string): Promise<void> {
  const server = mysql.createServer((made) => {
    const connection = made as unknown as ServerConnection;
    connection.on('error', () => {});
    connection.on('query', () => {
      connection.sequenceId = 1;
      connection.writeTextResult([{ name }], [COLUMN]);
      connection.sequenceId = 0;
    });
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      // Without compression.
      capabilityFlags: 0xffffff ^ 2048,
      authCallback: (_parameters: unknown, done: (error: null) => void) => {
        done(null);
        connection.sequenceId = 0;
      },
    });
  });
  return new Promise(
    (resolve) => void (server as { listen(...args: unknown[]): void }).listen(3306, resolve),
  );
}
