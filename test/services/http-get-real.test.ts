import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ArgumentError, type Reactor } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';
import { HttpGet, type HttpGetOptions, type HttpResponse } from '../../src/services/index.ts';
import { withReactor } from './support.ts';

interface Result {
  readonly code: string | null;
  readonly response: HttpResponse | null;
}

function get(reactor: Reactor, options: Omit<HttpGetOptions, 'onDone'>): Promise<Result> {
  return new Promise((resolve) => {
    new HttpGet(reactor, {
      ...options,
      onDone: (error, response) => resolve({ code: error?.code ?? null, response }),
    });
  });
}

/** Serves one raw answer, and gives what was asked. */
async function answering(
  answer: (socket: Socket) => void,
  body: (url: string, requests: string[]) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (chunk) => {
      requests.push(String(chunk));
      answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await body(`http://127.0.0.1:${(server.address() as { port: number }).port}/a/b?c=d`, requests);
  } finally {
    server.close();
  }
}

describe('HTTP GET over real sockets', () => {
  test('asks with HTTP/1.0 for path and query', () =>
    answering(
      (socket) => socket.end('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi'),
      (url, requests) =>
        withReactor(async (reactor) => {
          const { response } = await get(reactor, { url, headers: { accept: 'text/plain' } });
          expect(String(Buffer.from(response!.body))).toBe('hi');
          expect(requests[0].split('\r\n')).toEqual([
            'GET /a/b?c=d HTTP/1.0',
            `Host: ${new URL(url).host}`,
            'User-Agent: foulweather',
            'accept: text/plain',
            'Connection: close',
            '',
            '',
          ]);
        }),
    ));

  test('does not follow a redirect', () =>
    answering(
      (socket) => socket.end('HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\nelsewhere'),
      (url) =>
        withReactor(async (reactor) => {
          const { response } = await get(reactor, { url });
          expect(response).toMatchObject({ status: 302, bodyBytes: 9 });
        }),
    ));

  test('reports a body cut short as an error', () =>
    answering(
      (socket) => socket.end('HTTP/1.0 200 OK\r\nContent-Length: 20\r\n\r\nhi'),
      (url) =>
        withReactor(async (reactor) => {
          expect(await get(reactor, { url })).toEqual({ code: 'ERR_HTTP_TRUNCATED', response: null });
        }),
    ));

  test('reports a reset in a body without a length as an error', () =>
    answering(
      (socket) => socket.write('HTTP/1.0 200 OK\r\n\r\nhi', () => socket.resetAndDestroy()),
      (url) =>
        withReactor(async (reactor) => {
          expect(await get(reactor, { url })).toEqual({ code: 'ECONNRESET', response: null });
        }),
    ));

  test('reports a server that falls silent', () =>
    answering(
      (socket) => socket.write('HTTP/1.0 200 OK\r\n\r\nhi'),
      (url) =>
        withReactor(async (reactor) => {
          expect(await get(reactor, { url, idleTimeoutMs: 30 })).toMatchObject({ code: 'ERR_HTTP_TIMEOUT' });
          expect(await get(reactor, { url, totalTimeoutMs: 30 })).toMatchObject({ code: 'ERR_HTTP_TIMEOUT' });
        }),
    ));

  test('stops reading while the body’s taker says so', () =>
    answering(
      (socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${'x'.repeat(1 << 21)}`),
      (url) =>
        withReactor(async (reactor) => {
          let bodyBytes = 0;
          const result = await new Promise<HttpResponse | null>((resolve) => {
            const request = new HttpGet(reactor, {
              url,
              onBody: (bytes) => {
                bodyBytes += bytes.length;
                setImmediate(() => request.resume());
                return false;
              },
              onDone: (_error, response) => resolve(response),
            });
          });
          expect(result).toMatchObject({ bodyBytes: 1 << 21, status: 200 });
          expect(bodyBytes).toBe(1 << 21);
        }),
    ));

  test.each([
    ['https://example.net/', 'http://'],
    ['not a url', 'http://host/path'],
    ['http://h:0/', 'port'],
  ])('throws for the URL %s', (url, hint) => {
    const attempt = (): HttpGet => new HttpGet(createRealReactor(), { url, onDone: () => {} });
    expect(attempt).toThrow(ArgumentError);
    expect(attempt).toThrow(hint);
  });

  test('throws for a header that would begin another', () => {
    const headers = { 'X-A': 'b\r\nX-C: d' };
    expect(() => new HttpGet(createRealReactor(), { url: 'http://h/', headers, onDone: () => {} })).toThrow(
      /one-line/,
    );
  });
});
