import http2 from 'node:http2';
import https from 'node:https';
import tls from 'node:tls';
import type { Simulation } from '../../src/sim/index.ts';
import { certificate } from './certificate.ts';
import { listenOn, proveExchange } from './support.ts';

const PAGE = 'It rains. '.repeat(2000);
const client = { host: 'server', servername: 'server', ca: certificate.cert };

proveExchange('node:tls', {
  async talk(sim: Simulation) {
    const server = tls.createServer(certificate, (socket) => {
      socket.on('error', () => {});
      socket.pipe(socket);
    });
    server.on('tlsClientError', () => {});
    await listenOn(sim, 'server', server, 443);
    const socket = tls.connect({ ...client, port: 443 });
    try {
      socket.end(PAGE);
      let text = '';
      for await (const chunk of socket.setEncoding('utf8')) text += chunk;
      // What a cut connection leaves is told by its length.
      if (text !== PAGE && PAGE.startsWith(text)) throw new Error('cut short');
      return text;
    } finally {
      socket.destroy();
      server.close();
    }
  },
  expected: PAGE,
  repeats: 'lengths',
});

proveExchange('node:https', {
  async talk(sim: Simulation) {
    const server = https.createServer(certificate, (_incoming, response) => response.end(PAGE));
    await listenOn(sim, 'server', server, 443);
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const get = (path: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const sent = https.get({ ...client, agent, path }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk) => {
            text += chunk;
          });
          response.on('end', () => resolve(text));
          response.on('error', reject);
        });
        sent.on('error', reject);
      });
    try {
      return [await get('/one'), await get('/two')];
    } finally {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    }
  },
  expected: [PAGE, PAGE],
  repeats: 'lengths',
});

function proveHttp2(library: string, isSecure: boolean): void {
  proveExchange(library, {
    async talk(sim: Simulation) {
      const server = isSecure ? http2.createSecureServer(certificate) : http2.createServer();
      const sessions: http2.ServerHttp2Session[] = [];
      server.on('session', (session) => {
        sessions.push(session);
        session.on('error', () => {});
      });
      server.on('stream', (stream, headers) => {
        stream.on('error', () => {});
        stream.respond({ ':status': 200 });
        stream.end(`${headers[':path']} ${PAGE}`);
      });
      await listenOn(sim, 'server', server, 443);
      const session = http2.connect(isSecure ? 'https://server' : 'http://server:443', client);
      const get = (path: string): Promise<string> =>
        new Promise((resolve, reject) => {
          session.on('error', reject);
          const stream = session.request({ ':path': path });
          let text = '';
          stream.setEncoding('utf8').on('data', (chunk) => {
            text += chunk;
          });
          stream.on('error', reject);
          stream.on('close', () =>
            stream.rstCode === 0 && stream.readableEnded ? resolve(text) : reject(new Error('reset')),
          );
        });
      try {
        return await Promise.all([get('/one'), get('/two')]);
      } finally {
        session.destroy();
        for (const one of sessions) one.destroy();
        server.close();
      }
    },
    expected: [`/one ${PAGE}`, `/two ${PAGE}`],
    repeats: isSecure ? 'lengths' : 'bytes',
  });
}

proveHttp2('node:http2 in the clear', false);
proveHttp2('node:http2 over TLS', true);
