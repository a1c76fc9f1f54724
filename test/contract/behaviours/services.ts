import type { Address } from '../../../src/core/index.ts';
import {
  DiscardServer,
  EchoServer,
  ForwardServer,
  HttpGet,
  SourceServer,
} from '../../../src/services/index.ts';
import { type Behaviour, LOOPBACK, type Script, type Server, type World } from '../world.ts';

/** A client of the server that `make` makes; the server closes with the client's last connection. */
function withClient(
  world: World,
  make: (options: {
    readonly onListening: (server: { readonly localAddress: Address | null; close(): void }) => void;
    readonly onConnectionEnd: (report: { cause: string; receivedBytes: number; sentBytes: number }) => void;
  }) => { close(): void },
  script: Script,
): void {
  const server = make({
    onListening: ({ localAddress }) => world.connect(localAddress!, 'client', script),
    onConnectionEnd: ({ cause, receivedBytes, sentBytes }) => {
      world.note('report', `${cause} ${receivedBytes} ${sentBytes}`);
      server.close();
    },
  });
}

/** As `withClient`, through a forwarder to a listener with this script. */
function forwarded(world: World, client: Script, remote: Script): void {
  world.listen(
    LOOPBACK,
    { remote },
    {
      onListening: (listener) =>
        withClient(
          world,
          (options) =>
            new ForwardServer(world.reactor, { local: LOOPBACK, remote: listener.localAddress! }, options),
          client,
        ),
    },
  );
}

const echoed = (world: World, script: Script): void =>
  withClient(world, (options) => new EchoServer(world.reactor, LOOPBACK, options), script);

/** A server that answers any request with `response` and closes; `HttpGet` asks it. */
function asked(world: World, response: string): void {
  world.listen(
    LOOPBACK,
    {},
    {
      onAccepted: (listener: Server, endpoint) => {
        listener.close();
        const script: Script = {
          onRead: (server) => {
            server.recv(65536);
            server.sendText(response);
            server.close();
          },
        };
        world.adopt('server', endpoint, script);
      },
      onListening: (listener) => {
        new HttpGet(world.reactor, {
          url: `http://127.0.0.1:${listener.port}/`,
          onDone: (error, answer) =>
            world.note(
              'get',
              error === null ? `${answer!.status} ${new TextDecoder().decode(answer!.body)}` : error.code,
            ),
        });
      },
    },
  );
}

export const SERVICES: readonly Behaviour[] = [
  {
    title: 'echo gives back what it gets, then the end of stream',
    run: (world) =>
      echoed(world, {
        onConnect: (client) => {
          client.sendText('hello');
          client.shutdownWrite();
        },
      }),
    expected: { client: ['connect', 'data hello', 'end'], report: ['end 5 5'] },
  },
  {
    title: 'echo of nothing is the end of stream',
    run: (world) => echoed(world, { onConnect: (client) => client.shutdownWrite() }),
    expected: { client: ['connect', 'end'], report: ['end 0 0'] },
  },
  {
    title: 'echo tells of a client that resets',
    run: (world) => echoed(world, { onConnect: (client) => world.afterQuiet(() => client.abort()) }),
    expected: { client: ['connect'], report: ['reset 0 0'] },
  },
  {
    title: 'discard says nothing, and ends',
    run: (world) =>
      withClient(world, (options) => new DiscardServer(world.reactor, LOOPBACK, options), {
        onConnect: (client) => {
          client.sendText('anything');
          client.shutdownWrite();
        },
      }),
    expected: { client: ['connect', 'end'], report: ['end 8 0'] },
  },
  {
    title: 'source gives so many bytes, and ends',
    run: (world) => {
      let received = 0;
      withClient(
        world,
        (options) => new SourceServer(world.reactor, LOOPBACK, { ...options, sizeBytes: 100_000 }),
        {
          onRead: (client) => {
            const part = client.recv(65536);
            if (part instanceof Uint8Array) received += part.length;
          },
          onEnd: (client) => {
            client.note(`${received} bytes`);
            client.close();
          },
        },
      );
    },
    expected: { client: ['connect', 'end', '100000 bytes'], report: ['end 0 100000'] },
  },
  {
    title: 'a forwarder carries both directions, and passes half-close on',
    run: (world) =>
      forwarded(
        world,
        {
          onConnect: (client) => {
            client.sendText('question');
            client.shutdownWrite();
          },
        },
        {
          onEnd: (remote) => {
            remote.sendText('answer');
            remote.close();
          },
        },
      ),
    expected: {
      client: ['connect', 'data answer', 'end'],
      remote: ['data question', 'end'],
      report: ['end 8 6'],
    },
  },
  {
    title: "a forwarder passes the remote's end on, and the client goes on sending",
    run: (world) =>
      forwarded(
        world,
        {
          onEnd: (client) => {
            client.sendText('afterwards');
            client.close();
          },
        },
        { onConnect: (remote) => remote.shutdownWrite() },
      ),
    expected: { client: ['connect', 'end'], remote: ['data afterwards', 'end'], report: ['end 10 0'] },
  },
  {
    title: "a forwarder passes a client's reset on",
    run: (world) =>
      forwarded(
        world,
        {
          onConnect: (client) => client.sendText('x'),
          onData: (client) => client.abort(),
        },
        { onData: (remote) => remote.sendText('y') },
      ),
    expected: {
      client: ['connect', 'data y'],
      remote: ['data x', 'close reset ECONNRESET'],
      report: ['reset 1 1'],
    },
  },
  {
    title: "a forwarder passes the remote's reset on",
    run: (world) =>
      forwarded(
        world,
        { onConnect: (client) => client.sendText('x') },
        { onData: (remote) => remote.abort() },
      ),
    expected: { client: ['connect', 'close reset ECONNRESET'], remote: ['data x'], report: ['reset 1 0'] },
  },
  {
    title: 'a forwarder whose remote refuses resets its client',
    run: (world) => {
      world.listen(
        LOOPBACK,
        {},
        {
          onListening: (listener) => {
            const remote = listener.localAddress!;
            listener.close();
            withClient(
              world,
              (options) => new ForwardServer(world.reactor, { local: LOOPBACK, remote }, options),
              {},
            );
          },
        },
      );
    },
    expected: { client: ['connect', 'close reset ECONNRESET'], report: ['refused 0 0'] },
  },
  {
    title: 'get reads a body by its length',
    run: (world) => asked(world, 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
    expected: { get: ['200 hello'] },
  },
  {
    title: 'get reads a body up to the end of stream',
    run: (world) => asked(world, 'HTTP/1.0 404 Not Found\r\n\r\nnobody here'),
    expected: { get: ['404 nobody here'] },
  },
  {
    title: 'get reports a body that is cut short',
    run: (world) => asked(world, 'HTTP/1.0 200 OK\r\nContent-Length: 50\r\n\r\nhello'),
    expected: { get: ['ERR_HTTP_TRUNCATED'] },
  },
];
