import http from 'node:http';
import http2 from 'node:http2';
import { Agent, request, fetch as undiciFetch } from 'undici';
import type { Simulation } from '../../src/sim/index.ts';
import { certificate } from './certificate.ts';
import { listenOn, proveExchange } from './support.ts';

const PAGE = 'It rains. '.repeat(2000);

/** A request that a storm holds back for longer than headersTimeout is answered with 408, which is an error said aloud. */
function expectAnswer(status: number): void {
  if (status !== 200) throw new Error(`status ${status}`);
}

/** Runs `use` beside a server that answers with PAGE and what it was sent. */
async function withServer<Answer>(sim: Simulation, use: () => Promise<Answer>): Promise<Answer> {
  const server = http.createServer((incoming, response) => {
    let body = '';
    incoming.on('error', () => {});
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => response.end(PAGE + body));
  });
  await listenOn(sim, 'server', server, 80);
  try {
    return await use();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

proveExchange('undici.request', {
  talk: (sim) =>
    withServer(sim, async () => {
      const dispatcher = new Agent();
      try {
        const answers: string[] = [];
        for (const body of ['first', 'second']) {
          const answer = await request('http://server/', { method: 'POST', body, dispatcher });
          expectAnswer(answer.statusCode);
          answers.push(await answer.body.text());
        }
        return answers;
      } finally {
        await dispatcher.destroy();
      }
    }),
  expected: [`${PAGE}first`, `${PAGE}second`],
});

proveExchange("undici's fetch", {
  talk: (sim) =>
    withServer(sim, async () => {
      const dispatcher = new Agent();
      try {
        const answer = await undiciFetch('http://server/', { method: 'POST', body: 'one', dispatcher });
        expectAnswer(answer.status);
        return await answer.text();
      } finally {
        await dispatcher.destroy();
      }
    }),
  expected: `${PAGE}one`,
});

proveExchange('global fetch', {
  talk: (sim) =>
    withServer(sim, async () => {
      const all = ['one', 'two'].map(async (body) => {
        const answer = await fetch('http://server/', { method: 'POST', body });
        expectAnswer(answer.status);
        return answer.text();
      });
      const settled = await Promise.allSettled(all);
      for (const one of settled) if (one.status === 'rejected') throw one.reason;
      return settled.map((one) => (one as { value: string }).value);
    }),
  expected: [`${PAGE}one`, `${PAGE}two`],
});

// A session of HTTP/2 that breaks takes its requests with it; TLS draws from OpenSSL's own entropy.
proveExchange('undici over HTTP/2 and TLS', {
  talk: async (sim) => {
    const server = http2.createSecureServer(certificate, (incoming, response) => {
      incoming.resume();
      response.end(PAGE);
    });
    const sessions = new Set<http2.ServerHttp2Session>();
    server.on('session', (session) => sessions.add(session.on('error', () => {})));
    server.on('sessionError', () => {});
    await listenOn(sim, 'server', server, 443);
    const dispatcher = new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
    try {
      const answers: string[] = [];
      for (const path of ['/one', '/two']) {
        const answer = await undiciFetch(`https://server${path}`, { dispatcher });
        expectAnswer(answer.status);
        answers.push(await answer.text());
      }
      return answers;
    } finally {
      await dispatcher.destroy();
      server.close();
      for (const session of sessions) session.destroy();
    }
  },
  expected: [PAGE, PAGE],
  repeats: 'lengths',
  schedules: 200,
});
