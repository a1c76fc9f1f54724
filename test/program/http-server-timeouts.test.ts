import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { certificate } from '../libraries/certificate.ts';

/** What a client that sends `pieces`, one every `everyMs`, is answered, and when its connection is over. */
async function talk(
  server: http.Server,
  connect: () => net.Socket,
  pieces: readonly string[],
  everyMs = 0,
): Promise<{ answer: string; endedAtMs: number }> {
  const sim = new Simulation();
  return runProgram(sim, async () => {
    await new Promise<void>((resolve) => server.listen(80, resolve));
    const client = connect().on('error', () => {});
    let answer = '';
    client.on('data', (bytes) => {
      answer += String(bytes);
    });
    const closed = new Promise<number>((resolve) => client.once('close', () => resolve(sim.nowMs)));
    for (const piece of pieces) {
      client.write(piece);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    const endedAtMs = await closed;
    server.close();
    return { answer, endedAtMs };
  });
}

const OPTIONS = { headersTimeout: 60_000, requestTimeout: 120_000, connectionsCheckingInterval: 10_000 };
const echo = (request: http.IncomingMessage, response: http.ServerResponse): void => {
  request.resume().on('end', () => response.end('done'));
};
const plain = (): net.Socket => net.connect(80);

test('headers that do not come are answered with 408 after headersTimeout', async () => {
  const { answer, endedAtMs } = await talk(http.createServer(OPTIONS, echo), plain, ['GET / HTTP/1.1\r\n']);
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout/);
  expect(endedAtMs).toBe(60_000);
});

test('a body that does not come is answered with 408 after requestTimeout', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n';
  const { answer, endedAtMs } = await talk(http.createServer(OPTIONS, echo), plain, [head, 'four'], 1000);
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout/);
  expect(endedAtMs).toBe(120_000);
});

test('the second request of a connection has a time of its own', async () => {
  const server = http.createServer({ ...OPTIONS, keepAliveTimeout: 300_000 }, echo);
  const pieces = ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HTTP/1.1\r\n'];
  const { answer, endedAtMs } = await talk(server, plain, pieces, 100_000);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK[\s\S]*HTTP\/1.1 408 Request Timeout/);
  expect(endedAtMs).toBe(160_000);
});

test('a request that begins in the chunk that ended another has a time of its own', async () => {
  const server = http.createServer({ ...OPTIONS, keepAliveTimeout: 300_000 }, echo);
  const pieces = ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n', '1GET / HTTP/1.1\r\n'];
  const { answer, endedAtMs } = await talk(server, plain, pieces, 50_000);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK[\s\S]*HTTP\/1.1 408 Request Timeout/);
  expect(endedAtMs).toBe(110_000);
});

test('a connection has no listener that Node would not have put there', async () => {
  const server = http.createServer(OPTIONS, (request, response) => {
    response
      .setHeader('connection', 'close')
      .end(`${request.socket.listenerCount('data')} ${request.socket.listenerCount('close')}`);
  });
  const { answer } = await talk(server, plain, ['GET / HTTP/1.1\r\nHost: a\r\n\r\n']);
  expect(answer).toMatch(/\r\n\r\n1 2$/);
});

test('clientError is told of the time-out', async () => {
  const server = http.createServer(OPTIONS, echo);
  let code: string | undefined;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    code = error.code;
    socket.destroy();
  });
  await talk(server, plain, ['GET']);
  expect(code).toBe('ERR_HTTP_REQUEST_TIMEOUT');
});

test('a connection that is idle after its request is closed by keepAliveTimeout', async () => {
  const server = http.createServer({ ...OPTIONS, keepAliveTimeout: 45_000 }, echo);
  const { answer, endedAtMs } = await talk(server, plain, ['GET / HTTP/1.1\r\nHost: a\r\n\r\n']);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
  // Node adds a second of its own on later versions.
  expect([45_000, 46_000]).toContain(endedAtMs);
});

test('https counts from the handshake', async () => {
  const server = https.createServer({ ...certificate, ...OPTIONS }, echo);
  const connect = (): net.Socket => tls.connect({ port: 80, rejectUnauthorized: false });
  const { answer, endedAtMs } = await talk(server, connect, ['GET / HTTP/1.1\r\n']);
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout/);
  expect(endedAtMs).toBe(60_000);
});

test('a TLS handshake that does not come is given up after handshakeTimeout', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = tls.createServer({ ...certificate, handshakeTimeout: 50_000 });
    await new Promise<void>((resolve) => server.listen(443, resolve));
    const client = net.connect(443).on('error', () => {});
    const error = await new Promise<NodeJS.ErrnoException>((resolve) =>
      server.once('tlsClientError', resolve),
    );
    expect(error.code).toBe('ERR_TLS_HANDSHAKE_TIMEOUT');
    expect(sim.nowMs).toBe(50_000);
    client.destroy();
    server.close();
  });
});
