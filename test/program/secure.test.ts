// tls, https and http2 under install: what Node tells of a native handle has to be told of a façade socket, too.
import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { PassThrough } from 'node:stream';
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
    expect(() => tls.connect({ ...CLIENT, minDHSize: -1 })).toThrow(
      /minDHSize.* is (?:not a positive number|out of range)/,
    );
    expect(() => tls.connect({ ...CLIENT, minVersion: 'TLSv9' as never })).toThrow('not a valid minimum');
  });
});

test('a connection is renegotiated in the middle of what it reads', async () => {
  await besideEcho(async () => {
    const client = tls.connect({ ...CLIENT, maxVersion: 'TLSv1.2' });
    client.write('before');
    const error = await new Promise((resolve) => {
      client.once('data', () => client.renegotiate({}, resolve));
    });
    expect(error).toBe(null);
    client.write('after');
    expect(String((await once(client, 'data'))[0])).toBe('after');
    client.end();
    await once(client, 'close');
  });
});

test('tls.connect without a port checks the options of TLS first', () => {
  return runProgram(new Simulation(), () => {
    expect(() => tls.connect({ minDHSize: -1 })).toThrow(
      /minDHSize.* is (?:not a positive number|out of range)/,
    );
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

test('whoever listened to a socket hears nothing of the tls that is put over it', async () => {
  await besideEcho(async () => {
    const raw = net.connect(443);
    const piped = new PassThrough();
    raw.pipe(piped);
    const heard: unknown[] = [];
    const hear = (event: string) => () => heard.push(event);
    raw.on('data', hear('data before'));
    await once(raw, 'connect');
    const secure = tls.connect({ socket: raw, rejectUnauthorized: false });
    raw.on('data', hear('data after')).on('end', hear('end'));
    piped.on('data', hear('piped')).on('end', hear('end of pipe'));
    secure.write('hello');
    const [bytes] = await once(secure, 'data');
    expect(String(bytes)).toBe('hello');
    secure.end();
    await once(secure.resume(), 'close');
    expect(heard).toEqual([]);
  });
});

// Taken before anything is installed, as at the top of a module.
const { connect: copiedConnect, TLSSocket: CopiedSocket } = tls;
const { connect: copiedHttp2 } = http2;

test.each([
  ['a copy of tls.connect', () => copiedConnect(CLIENT)],
  [
    'a copy of tls.connect, with a port and a host',
    () => copiedConnect(443, 'app', { rejectUnauthorized: false }),
  ],
])('%s connects inside the simulation', async (_title, connect) => {
  await besideEcho(async () => {
    const events: string[] = [];
    const secure = connect();
    for (const name of ['connect', 'ready', 'secureConnect', 'end', 'close'])
      secure.once(name, () => events.push(name));
    secure.write('hello');
    expect(String(await new Promise((resolve) => secure.once('data', resolve)))).toBe('hello');
    expect([secure.remotePort, secure.remoteFamily]).toEqual([443, secure.localFamily]);
    secure.end();
    await new Promise((resolve) => secure.once('close', resolve));
    expect(events).toEqual(['connect', 'ready', 'secureConnect', 'end', 'close']);
  });
});

test('a TLSSocket connects itself', async () => {
  await besideEcho(async () => {
    const secure = new CopiedSocket(undefined as never, { rejectUnauthorized: false });
    secure.connect(443, () => secure.end('hello'));
    expect(String(await new Promise((resolve) => secure.once('data', resolve)))).toBe('hello');
    await new Promise((resolve) => secure.once('close', resolve));
  });
});

test('a refused connect is told to the TLSSocket as by Node', async () => {
  await runProgram(new Simulation(), async () => {
    const secure = tls.connect(9, '127.0.0.1');
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => secure.once('error', resolve));
    expect([error.code, error.syscall, secure.destroyed]).toEqual(['ECONNREFUSED', 'connect', true]);
  });
});

test('tls.connect reads into the buffer of onread', async () => {
  await besideEcho(async () => {
    const buffer = Buffer.alloc(8);
    const got: string[] = [];
    const callback = (size: number): boolean => {
      got.push(buffer.toString('utf8', 0, size));
      return true;
    };
    const secure = tls.connect({ ...CLIENT, onread: { buffer, callback } } as tls.ConnectionOptions);
    secure.end('hello, buffer');
    await new Promise((resolve) => secure.once('close', resolve));
    expect(got.join('')).toBe('hello, buffer');
  });
});

test('a TLSSocket is destroyed before anybody hears that the socket below has closed', async () => {
  await besideEcho(async () => {
    const raw = net.connect(443);
    const secure = tls.connect({ socket: raw, rejectUnauthorized: false });
    await new Promise<void>((resolve) => secure.once('secureConnect', resolve));
    raw.destroy();
    expect(secure.destroyed).toBe(false);
    await new Promise((resolve) => raw.once('close', resolve));
    expect(secure.destroyed).toBe(true);
  });
});

test('a TLS server counts its connections once, and closes once', async () => {
  await runProgram(new Simulation(), async () => {
    const server = tls.createServer(certificate, (socket) => socket.resume()).listen(443);
    let closed = 0;
    server.on('close', () => {
      closed += 1;
    });
    const clients = [tls.connect(CLIENT), tls.connect(CLIENT)];
    await Promise.all(
      clients.map((client) => new Promise((resolve) => client.once('secureConnect', resolve))),
    );
    const count = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_error, found) => resolve(found)));
    expect(await count()).toBe(2);
    clients[0].destroy();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await count()).toBe(1);
    server.close();
    clients[1].destroy();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect([closed, await count()]).toEqual([1, 0]);
  });
});

test('http2 shows the server of its socket', async () => {
  await besideHttp2(async (server) => {
    const seen: unknown[] = [];
    server.on('request', (request, response) => {
      seen.push((request.socket as unknown as { _server: unknown })._server);
      response.end();
    });
    const session = http2.connect('http://app');
    await new Promise((resolve) => session.request().once('close', resolve).resume());
    expect(seen).toEqual([server]);
    session.close();
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
    const connected = new Promise((resolve) => session.once('connect', resolve));
    const { socket } = await accepted;
    await connected;
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

test('an http2 session whose connection is reset fails in the turn in which its streams do, as over a native handle', async () => {
  const news: string[] = [];
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = net.createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
    const session = http2.connect('http://server');
    const stream = session.request({ ':method': 'POST' });
    for (const [name, emitter] of Object.entries({ session, stream }))
      for (const event of ['error', 'close'])
        emitter.on(event, () => {
          news.push(`${name} ${event}`);
          if (news.length === 1) setImmediate(() => news.push('the next turn'));
        });
    await closed(session);
    await new Promise((resolve) => setImmediate(resolve));
    server.close();
  });
  expect(news).toEqual(['stream error', 'stream close', 'session error', 'session close', 'the next turn']);
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

test('a copy of http2.connect waits for its connection', async () => {
  await besideHttp2(async (server) => {
    server.on('stream', (stream) => stream.respond({ ':status': 204 }, { endStream: true }));
    const session = copiedHttp2('http://app');
    expect(session.connecting).toBe(true);
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) =>
      session.request().once('response', resolve).resume(),
    );
    expect(headers[':status']).toBe(204);
    session.close();
  });
});

test('what a stream wrote before it was destroyed is sent, as over a native handle', async () => {
  await besideHttp2(async (server) => {
    server.on('stream', (stream) => {
      stream.on('error', () => {});
      stream.respond({ ':status': 200 });
      stream.write('hello');
      stream.destroy(new Error('on purpose'));
    });
    const session = http2.connect('http://app');
    const request = session.request().on('error', () => {});
    let received = '';
    request.on('data', (bytes) => {
      received += String(bytes);
    });
    await new Promise((resolve) => request.once('close', resolve));
    expect(received).toBe('hello');
    session.close();
  });
});

/** What a client whose stream flows from the start is told, in order, of one answer that arrives whole. */
async function newsOfAnswer(session: http2.ClientHttp2Session): Promise<string[]> {
  const news: string[] = [];
  const request = session.request();
  request.on('data', (bytes) => news.push(String(bytes)));
  request.on('response', () => news.push('response'));
  await new Promise((resolve) => request.once('close', resolve));
  session.close();
  await closed(session);
  return news;
}

const answer = (stream: http2.ServerHttp2Stream): void => {
  stream.respond();
  stream.end('body');
};

test('http2 tells of a response before its body, as over a native handle, though both arrive at once', async () => {
  await besideHttp2(async (server) => {
    server.on('stream', answer);
    expect(await newsOfAnswer(http2.connect('http://app'))).toEqual(['response', 'body']);
  });
});

test('so does http2 over TLS', async () => {
  await runProgram(new Simulation(), async () => {
    const server = http2.createSecureServer(certificate).on('stream', answer).listen(443);
    expect(await newsOfAnswer(http2.connect('https://app', { rejectUnauthorized: false }))).toEqual([
      'response',
      'body',
    ]);
    server.close();
  });
});

test('what a callback of a native stream has put off and throws is an uncaught exception of the program', async () => {
  const thrown = new Error('thrown in a nextTick');
  const program = besideHttp2(async (server) => {
    server.on('stream', answer);
    const request = http2.connect('http://app').request();
    request.on('data', () => {});
    request.on('response', () => {
      throw thrown;
    });
    await new Promise((resolve) => request.once('close', resolve));
  });
  await expect(program).rejects.toBe(thrown);
});
