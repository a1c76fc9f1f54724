import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Exit, ensureBuilt, run } from './support.ts';

beforeAll(ensureBuilt, 120_000);

/** Gets from a server that answers in this way. */
async function getFrom(answer: (socket: Socket) => void, ...options: string[]): Promise<Exit> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const exit = await run('get', ...options, `http://127.0.0.1:${port}/`);
  for (const socket of sockets) socket.destroy();
  server.close();
  return exit;
}

const FULL = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

describe('foulweather get', () => {
  test('prints the body', async () => {
    const { code, stdout, stderr } = await getFrom((socket) => socket.end(FULL));
    expect([code, String(stdout), stderr]).toEqual([0, 'hello', '']);
  });

  test('prints the headers before the body with -i', async () => {
    const { stdout } = await getFrom((socket) => socket.end(FULL), '-i');
    expect(String(stdout)).toBe(FULL);
  });

  test('writes to a file with -o', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'body');
    const big = 'x'.repeat(3_000_000);
    const { code, stdout } = await getFrom(
      (socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${big}`),
      '-o',
      file,
    );
    expect([code, String(stdout)]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8') === big).toBe(true);
  });

  const failures: [what: string, code: number, answer: (socket: Socket) => void, options: string[]][] = [
    ['another protocol', 8, (socket) => socket.end('220 hello\r\n'), []],
    ['a body cut short', 18, (socket) => socket.end(FULL.slice(0, -1)), []],
    ['status 404 with --fail', 22, (socket) => socket.end('HTTP/1.0 404 Not Found\r\n\r\nno'), ['--fail']],
    ['what no line ends', 8, (socket) => socket.end('<html>'), []],
    ['a full disk', 23, (socket) => socket.end(FULL), ['-o', '/dev/full']],
    ['a server that falls silent', 28, () => {}, ['--max-time', '100ms']],
    ['no response', 52, (socket) => socket.end(), []],
    ['a reset', 56, (socket) => socket.write(FULL.slice(0, -1), () => socket.resetAndDestroy()), []],
    ['an unknown coding', 61, (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: br\r\n\r\n'), []],
  ];

  test.each(failures)('exits with curl’s code for %s: %i', async (_what, expected, answer, options) => {
    const { code, stderr } = await getFrom(answer, ...options);
    expect(code).toBe(expected);
    expect(stderr).toMatch(/^foulweather get: .+\n$/);
  });

  test('exits with 6 for an unknown host, 7 without a connection, 23 where it cannot write', async () => {
    expect((await run('get', 'http://no-such-host.invalid/')).code).toBe(6);
    expect((await run('get', 'http://127.0.0.1:1/')).code).toBe(7);
    expect((await getFrom((socket) => socket.end(FULL), '-o', '/no/such/folder/file')).code).toBe(23);
  });

  test('with --fail the body of a status 404 is not waited for, and a file is left as it was', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'body');
    writeFileSync(file, 'before');
    const { code } = await getFrom(
      (socket) => socket.write('HTTP/1.0 404 Not Found\r\n\r\n'),
      '--fail',
      '-o',
      file,
    );
    expect([code, readFileSync(file, 'utf8')]).toEqual([22, 'before']);
  });

  test('sends a header that is given twice twice', async () => {
    let request = '';
    const server = createServer((socket) => {
      socket.once('data', (bytes) => {
        request = String(bytes);
        socket.end(FULL);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await run('get', '-H', 'X-A: 1', '-H', 'x-a: 2', '-H', 'accept: me', `http://127.0.0.1:${port}/`);
    server.close();
    expect(request).toContain('\r\nX-A: 1\r\nX-A: 2\r\n');
    expect(request.match(/accept/gi)).toEqual(['accept']);
  });

  test('prints the body of a status 404 without --fail', async () => {
    const { code, stdout } = await getFrom((socket) => socket.end('HTTP/1.0 404 Not Found\r\n\r\nno'));
    expect([code, String(stdout)]).toEqual([0, 'no']);
  });
});
