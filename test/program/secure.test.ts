// tls, https and http2 under install: what Node tells of a native handle has to be told of a façade socket, too.
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { certificate } from '../libraries/certificate.ts';

/** Runs `body` beside a TLS server that echoes, on port 443. */
function besideEcho(body: (sim: Simulation) => Promise<unknown>): Promise<unknown> {
  const sim = new Simulation();
  return runProgram(sim, async () => {
    const server = tls.createServer(certificate, (socket) => socket.on('error', () => {}).pipe(socket));
    await new Promise<void>((resolve) => server.listen(443, resolve));
    await body(sim);
    server.close();
  });
}

const CLIENT = { port: 443, rejectUnauthorized: false } as const;

test('tls.connect with bad options throws, and leaves no connection', async () => {
  await besideEcho(async () => {
    expect(() => tls.connect({ ...CLIENT, minDHSize: -1 })).toThrow('minDHSize is not a positive number');
    expect(() => tls.connect({ ...CLIENT, minVersion: 'TLSv9' as never })).toThrow('not a valid minimum');
  });
});

test('tls.connect without a port checks the options of TLS first', () => {
  return runProgram(new Simulation(), () => {
    expect(() => tls.connect({ minDHSize: -1 })).toThrow('minDHSize is not a positive number');
    expect(() => tls.connect({})).toThrow('"options" or "port" or "path"');
  });
});

test('tls over a socket that is connected later shakes hands then', async () => {
  await besideEcho(async () => {
    const raw = new net.Socket();
    const secure = tls.connect({ socket: raw, rejectUnauthorized: false });
    expect(secure.connecting).toBe(true);
    raw.connect(443);
    secure.write('hello');
    const bytes = await new Promise((resolve) => secure.once('data', resolve));
    expect(String(bytes)).toBe('hello');
    secure.end();
  });
});

test('the time-out of a TLSSocket is on virtual time', async () => {
  await besideEcho(async (sim) => {
    const secure = tls.connect(CLIENT);
    await new Promise<void>((resolve) => secure.once('secureConnect', resolve));
    const sinceMs = sim.nowMs;
    await new Promise<void>((resolve) => secure.setTimeout(60_000, resolve));
    expect(sim.nowMs - sinceMs).toBe(60_000);
    secure.destroy();
  });
});

test('a TLSSocket whose time-out is switched off waits for nothing', async () => {
  await besideEcho(async (sim) => {
    const secure = tls.connect(CLIENT);
    secure.setTimeout(1000, () => expect.unreachable());
    secure.setTimeout(0);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    expect(sim.nowMs).toBe(10_000);
    secure.destroy();
  });
});

/** Runs `body` with a clear http2 server on port 80. */
function besideHttp2(
  body: (server: http2.Http2Server, sim: Simulation) => Promise<unknown>,
): Promise<unknown> {
  const sim = new Simulation();
  return runProgram(sim, async () => {
    const server = http2.createServer();
    await new Promise<void>((resolve) => server.listen(80, resolve));
    await body(server, sim);
    server.close();
  });
}

const closed = (session: http2.Http2Session): Promise<void> =>
  new Promise((resolve) => session.once('close', () => resolve()));

test('an http2 session is connecting until its connection is there', async () => {
  await besideHttp2(async () => {
    const session = http2.connect('http://localhost');
    expect(session.connecting).toBe(true);
    await new Promise<void>((resolve) => session.once('connect', () => resolve()));
    expect(session.connecting).toBe(false);
    session.close();
    await closed(session);
  });
});

test('an http2 session that is closed while connecting says nothing of a connect that is then refused', async () => {
  await runProgram(new Simulation(), async () => {
    const session = http2.connect('http://localhost:81');
    session.close();
    await closed(session);
  });
});

test('the addresses of an http2 session are those of its connection, on both sides', async () => {
  await besideHttp2(async (server) => {
    const accepted = new Promise<http2.Http2Session>((resolve) => server.once('session', resolve));
    const session = http2.connect('http://localhost');
    const { socket } = await accepted;
    expect(socket.localPort).toBe(80);
    expect(socket.remotePort).toBe(session.socket.localPort);
    session.close();
    await closed(session);
  });
});

test('the time-out of an http2 session is on virtual time', async () => {
  await besideHttp2(async (_, sim) => {
    const session = http2.connect('http://localhost');
    await new Promise<void>((resolve) => session.setTimeout(90_000, resolve));
    expect(sim.nowMs).toBeGreaterThanOrEqual(90_000);
    session.close();
    await closed(session);
  });
});

test('http2 answers with a file while virtual time stands still', async () => {
  await besideHttp2(async (server, sim) => {
    server.on('stream', (stream) => stream.respondWithFile(new URL(import.meta.url).pathname));
    const session = http2.connect('http://localhost');
    const request = session.request();
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    expect(text).toContain('http2 answers with a file');
    expect(sim.nowMs).toBeLessThan(1000);
    session.close();
    await closed(session);
  });
});
