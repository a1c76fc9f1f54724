import { Client, credentials, type MethodDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import type { Simulation } from '../../src/sim/index.ts';
import { proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

const method: MethodDefinition<string, string> = {
  path: '/weather.Weather/Shout',
  requestStream: false,
  responseStream: false,
  requestSerialize: (text) => Buffer.from(text),
  requestDeserialize: String,
  responseSerialize: (text) => Buffer.from(text),
  responseDeserialize: String,
};

async function talk(sim: Simulation): Promise<string[]> {
  const server = new Server();
  server.addService(
    { shout: method },
    {
      shout: (call: { request: string }, answer: (error: null, text: string) => void) =>
        answer(null, call.request.toUpperCase()),
    },
  );
  await sim.host('server').run(
    () =>
      new Promise<void>((resolve, reject) => {
        server.bindAsync('0.0.0.0:50051', ServerCredentials.createInsecure(), (error) =>
          error ? reject(error) : resolve(),
        );
      }),
  );
  const client = new Client('server:50051', credentials.createInsecure());
  const shout = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { path, requestSerialize, responseDeserialize } = method;
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        text,
        { deadline: Date.now() + 600_000 },
        (error, answer) => (error ? reject(error) : resolve(answer!)),
      );
    });
  try {
    return [await shout('short'), await shout(LONG)];
  } finally {
    client.close();
    server.forceShutdown();
  }
}

proveExchange('grpc-js', { talk, expected: ['SHORT', LONG.toUpperCase()] });
