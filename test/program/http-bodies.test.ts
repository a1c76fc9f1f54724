// What a server's request tells between two pieces of its body, as over a native socket.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { certificate } from '../libraries/certificate.ts';

type Note = (...event: unknown[]) => void;

const HEAD = 'POST / HTTP/1.1\r\nHost: a\r\n';
const PIECES = `${HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n`;

/** What a server's request handler notes of `bytes` that come in one segment. */
async function serve(
  bytes: string,
  onRequest: (request: http.IncomingMessage, note: Note) => void,
  isSecure = false,
): Promise<unknown[][]> {
  const events: unknown[][] = [];
  await runProgram(new Simulation(), async () => {
    const handle = (request: http.IncomingMessage, response: http.ServerResponse): void => {
      onRequest(request, (...event) => events.push(event));
      request.on('end', () => response.end());
    };
    const server = isSecure ? https.createServer(certificate, handle) : http.createServer(handle);
    await new Promise<void>((resolve) => server.listen(80, resolve));
    const client = isSecure ? tls.connect({ port: 80, rejectUnauthorized: false }) : net.connect(80);
    client.write(bytes);
    await new Promise((resolve) => client.resume().once('close', resolve));
    server.close();
  });
  return events;
}

test('what a piece of a body puts off comes before the next piece', async () => {
  const events = await serve(PIECES, (request, note) => {
    request.on('data', (piece) => {
      note(String(piece));
      process.nextTick(note, 'tick');
      void Promise.resolve().then(() => note('job'));
    });
    request.on('end', () => note('end'));
  });
  expect(events).toEqual([['abc'], ['tick'], ['job'], ['defg'], ['tick'], ['job'], ['end']]);
});

test.each([false, true])(
  'a request is not complete in its last piece of body (secure: %s)',
  async (isSecure) => {
    const events = await serve(
      PIECES,
      (request, note) => {
        request.on('data', (piece) => note(String(piece), request.complete));
        request.on('end', () => note('end', request.complete));
      },
      isSecure,
    );
    expect(events).toEqual([
      ['abc', false],
      ['defg', false],
      ['end', true],
    ]);
  },
);

test('an exception of what a piece of a body puts off fails the run', async () => {
  const run = serve(PIECES, (request) => {
    request.once('data', () => {
      process.nextTick(() => {
        throw new Error('put off');
      });
    });
    request.resume();
  });
  await expect(run).rejects.toThrow('put off');
});
