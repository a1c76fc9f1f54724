// What node:net does on loopback that nobody would guess, each on the façade and on node:net itself. Found by
// property-tests/net/differential.test.ts.
import type { AddressInfo, NetConnectOpts, Server, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { realStage, type Stage, simulatedStage } from '../../property-tests/support/sockets/stage.ts';

const NODE = Number.parseInt(process.versions.node, 10);

const STAGES = [
  ['the façade', () => simulatedStage()],
  ['node:net', realStage],
] as const;

/** Notes of what happened, and what makes it happen. */
class World {
  readonly stage: Stage;
  readonly events: unknown[][] = [];
  private readonly servers: Server[] = [];
  private readonly sockets: Socket[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  quiet = (): Promise<void> => this.stage.quiet();

  note(...event: unknown[]): void {
    this.events.push(event);
  }

  record(socket: Socket, names: readonly string[]): Socket {
    for (const name of names)
      socket.on(name, (value?: unknown) => {
        const { code, syscall } = (value ?? {}) as NodeJS.ErrnoException;
        this.note(
          name,
          ...(value instanceof Error ? [code, syscall] : value === undefined ? [] : [String(value)]),
        );
      });
    return socket;
  }

  async listen(options: object = {}, place: object = { port: 0, host: '127.0.0.1' }): Promise<Server> {
    const server = this.stage.net.createServer({ noDelay: true, ...options } as object).listen(place);
    this.servers.push(server);
    server.on('connection', (socket) => this.sockets.push(socket));
    await this.quiet();
    return server;
  }

  /** A connected pair. */
  async connect(server: Server, options: object = {}): Promise<{ client: Socket; accepted: Socket }> {
    const coming = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const place = typeof server.address() === 'string' ? { path: this.stage.path } : server.address();
    const { port, path } = place as { port?: number; path?: string };
    const where = path === undefined ? { host: '127.0.0.1', port } : { path };
    const client = this.stage.net.connect({ ...where, noDelay: true, ...options } as NetConnectOpts);
    this.sockets.push(client);
    await this.quiet();
    return { client, accepted: await coming };
  }

  async dispose(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
    await this.quiet();
    this.stage.dispose();
  }
}

/** docs/discoveries/reset-read-as-end.md */
const CUT_SHORT =
  NODE < 24
    ? [['end'], ['close', 'false']]
    : [
        ['error', 'ECONNRESET', 'read'],
        ['close', 'true'],
      ];

/** Runs `body` on both, and expects the same of both. */
function asNode(title: string, body: (world: World) => Promise<unknown>, expected: unknown[][]): void {
  describe(title, () => {
    test.each(STAGES)('%s', async (_name, makeStage) => {
      const world = new World(makeStage());
      try {
        await body(world);
        await world.quiet();
        expect(world.events).toEqual(expected);
      } finally {
        await world.dispose();
      }
    });
  });
}

asNode(
  'the ends of a Unix-domain connection have no addresses',
  async (world) => {
    const server = await world.listen({}, { path: world.stage.path });
    for (const socket of Object.values(await world.connect(server)))
      world.note(socket.localAddress, socket.remoteAddress, socket.address());
  },
  [
    [undefined, undefined, {}],
    [undefined, undefined, {}],
  ],
);

asNode(
  'a connection to a path tells of its attempt, and of its failure',
  async (world) => {
    const socket = new world.stage.net.Socket();
    socket.on('connectionAttempt', (path) => world.note('connectionAttempt', path === world.stage.path));
    socket.on('connectionAttemptFailed', (path, _port, _family, error) =>
      world.note('connectionAttemptFailed', path === world.stage.path, (error as NodeJS.ErrnoException).code),
    );
    world.record(socket, ['error', 'close']).connect(world.stage.path);
  },
  [
    ['connectionAttempt', true],
    ['connectionAttemptFailed', true, 'ENOENT'],
    ['error', 'ENOENT', 'connect'],
    ['close', 'true'],
  ],
);

asNode(
  'maxConnections of 0 is a limit since Node 21',
  async (world) => {
    const server = await world.listen();
    server.maxConnections = 0;
    server.on('connection', () => world.note('connection'));
    server.on('drop', () => world.note('drop'));
    const { port } = server.address() as AddressInfo;
    world.record(world.stage.net.connect(port, '127.0.0.1'), ['error']).on('end', () => {});
    await world.quiet();
  },
  [[NODE >= 21 ? 'drop' : 'connection']],
);

asNode(
  'a loop over what a socket receives destroys it before it has finished',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen());
    world.record(client, ['end', 'finish', 'close']);
    accepted.end('x');
    const loop = async (): Promise<void> => {
      for await (const bytes of client) world.note('data', String(bytes));
    };
    void loop();
  },
  [['data', 'x'], ['end'], ['close', 'false']],
);

asNode(
  'a loop over a socket that has ended destroys it before an end of the same turn has finished',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen({ allowHalfOpen: true }));
    world.record(accepted.resume(), ['end', 'finish', 'close']);
    client.destroy();
    await world.quiet();
    const loop = async (): Promise<void> => {
      for await (const bytes of accepted) world.note('data', String(bytes));
    };
    void loop();
    accepted.end();
  },
  [['end'], ['close', 'false']],
);

asNode(
  'bytes that were received before a reset and are read late end as if nothing was wrong, up to Node 22',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen({ pauseOnConnect: true }));
    client.write('truncated');
    await world.quiet();
    client.resetAndDestroy();
    await world.quiet();
    world.record(accepted, ['data', 'end', 'error', 'close']).resume();
  },
  [['data', 'truncated'], ...CUT_SHORT],
);

asNode(
  'bytes that come together with a reset end as if nothing was wrong, up to Node 22',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen());
    world.record(accepted, ['data', 'end', 'error', 'close']);
    client.write('truncated');
    client.resetAndDestroy();
  },
  [['data', 'truncated'], ...CUT_SHORT],
);

asNode(
  'the address of a peer that has reset the connection is not known',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen({ pauseOnConnect: true }));
    client.write('x');
    await world.quiet();
    client.resetAndDestroy();
    await world.quiet();
    world.note(accepted.remoteAddress);
  },
  [[undefined]],
);

asNode(
  'what a handler of data ends comes before an end of stream that is there already',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen());
    world.record(client, ['data', 'end', 'finish', 'close']);
    client.once('data', () => client.destroySoon());
    accepted.end('x');
  },
  [['data', 'x'], ['finish'], ['close', 'false']],
);

asNode(
  'an immediate of a data handler comes before an end of stream that is there already',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen());
    world.record(client, ['data', 'end']);
    client.once('data', () => setImmediate(() => world.note('immediate')));
    accepted.end('x');
  },
  [['data', 'x'], ['immediate'], ['end']],
);

asNode(
  'a reset while the end of stream is on its way out fails, and closes nothing',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen());
    world.record(client, ['error', 'close']);
    world.record(accepted, ['data', 'end', 'error']);
    client.end();
    client.resetAndDestroy();
  },
  [['error', 'EINVAL', 'reset'], ['end']],
);

asNode(
  'a write of nothing finds a connection broken',
  async (world) => {
    const { client, accepted } = await world.connect(await world.listen(), { allowHalfOpen: true });
    world.record(client.resume(), ['end', 'error', 'close']);
    accepted.destroy();
    await world.quiet();
    client.write('draws a reset');
    await world.quiet();
    client.write('');
  },
  [['end'], ['error', 'EPIPE', 'write'], ['close', 'true']],
);

asNode(
  'a write on a Unix-domain connection whose peer has closed fails at once',
  async (world) => {
    const server = await world.listen({}, { path: world.stage.path });
    const { client, accepted } = await world.connect(server, { allowHalfOpen: true });
    world.record(client.resume(), ['end', 'error', 'close']);
    accepted.destroy();
    await world.quiet();
    world.note('write', client.write('x'));
  },
  [['end'], ['write', false], ['error', 'EPIPE', 'write'], ['close', 'true']],
);
