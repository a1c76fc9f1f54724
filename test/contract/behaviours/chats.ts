import { AsyncChat, DispatcherWithSend, SimpleProducer } from '../../../src/core/index.ts';
import { type Behaviour, LOOPBACK, type Script, type World } from '../world.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An AsyncChat that notes each message. */
class Chat extends AsyncChat {
  readonly world: World;
  private collected = '';

  constructor(world: World, endpoint: ConstructorParameters<typeof AsyncChat>[1]) {
    super(world.reactor, endpoint);
    this.world = world;
    this.setTerminator('\n');
  }

  note(event: string): void {
    this.world.note('chat', event);
  }

  override collectIncomingData(data: Uint8Array): void {
    this.collected += new TextDecoder().decode(data);
  }

  override foundTerminator(): void {
    this.note(`message ${this.collected}`);
    this.collected = '';
  }

  override handleEnd(): void {
    this.note(`end${this.collected === '' ? '' : ` with ${this.collected}`}`);
    super.handleEnd();
  }
}

/** A client with this script, and what `make` makes of its accepted connection. */
function serve(
  world: World,
  client: Script,
  make: (endpoint: ConstructorParameters<typeof Chat>[1]) => void,
): void {
  world.listen(
    LOOPBACK,
    {},
    {
      onListening: (listener) => world.connect(listener.localAddress!, 'client', client),
      onAccepted: (listener, endpoint) => {
        listener.close();
        make(endpoint);
      },
    },
  );
}

/** A client that sends pieces, each once the one before has arrived, and then ends. */
const sending =
  (...pieces: string[]) =>
  (world: World): Script => ({
    onConnect: (client) => {
      const left = [...pieces];
      const next = (): void => {
        const piece = left.shift();
        if (piece === undefined) client.shutdownWrite();
        else {
          client.sendText(piece);
          world.afterQuiet(next);
        }
      };
      next();
    },
  });

const chatting =
  (client: (world: World) => Script, begin: (chat: Chat) => void = () => {}) =>
  (world: World): void =>
    serve(world, client(world), (endpoint) => begin(new Chat(world, endpoint)));

export const CHATS: readonly Behaviour[] = [
  {
    title: 'AsyncChat finds messages in one piece',
    run: chatting(sending('one\ntwo\n')),
    expected: { client: ['connect', 'end'], chat: ['message one', 'message two', 'end'] },
  },
  {
    title: 'AsyncChat finds a message in pieces',
    run: chatting(sending('o', 'ne', '\nt', 'wo\n')),
    expected: { client: ['connect', 'end'], chat: ['message one', 'message two', 'end'] },
  },
  {
    title: 'AsyncChat finds a terminator that comes in pieces, and one that only looks like it',
    run: chatting(sending('one\r', '\rtwo\r', '\n'), (chat) => chat.setTerminator('\r\n')),
    expected: { client: ['connect', 'end'], chat: ['message one\r\rtwo', 'end'] },
  },
  {
    title: 'AsyncChat counts bytes',
    run: chatting(sending('ab', 'cdef', 'gh'), (chat) => chat.setTerminator(3)),
    expected: { client: ['connect', 'end'], chat: ['message abc', 'end with defgh'] },
  },
  {
    title: 'what follows the last terminator is collected before the end of stream',
    run: chatting(sending('one\ntw', 'o')),
    expected: { client: ['connect', 'end'], chat: ['message one', 'end with two'] },
  },
  {
    title: 'AsyncChat pushes what it is given, in order, and closes when done',
    run: chatting(
      () => ({}),
      (chat) => {
        chat.push(bytes('one '));
        chat.pushWithProducer(new SimpleProducer(bytes('two '), 1));
        chat.push(bytes('three'));
        chat.closeWhenDone();
      },
    ),
    expected: { client: ['connect', 'data one two three', 'end'] },
  },
  {
    title: 'a producer is asked again until it has no more',
    run: chatting(
      () => ({}),
      (chat) => {
        let left = 3;
        chat.pushWithProducer({ more: () => bytes(left === 0 ? '' : `${left--} `) });
        chat.push(bytes('go'));
        chat.closeWhenDone();
      },
    ),
    expected: { client: ['connect', 'data 3 2 1 go', 'end'] },
  },
  {
    title: 'DispatcherWithSend sends more than fits, and ends after it',
    run: (world) => {
      let received = 0;
      serve(
        world,
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
        (endpoint) => {
          const sender = new DispatcherWithSend(world.reactor, endpoint);
          sender.send(new Uint8Array(3_000_000));
          sender.closeWhenDone();
        },
      );
    },
    expected: { client: ['connect', 'end', '3000000 bytes'] },
  },
  {
    title: 'DispatcherWithSend ends its direction after what it holds, and still receives',
    run: (world) =>
      serve(
        world,
        {
          onData: (client, received) => {
            if (received.endsWith('?')) client.sendText('forty-two');
          },
        },
        (endpoint) => {
          class Asking extends DispatcherWithSend {
            override handleRead(): void {
              const answer = this.recv(100);
              if (answer instanceof Uint8Array) world.note('server', new TextDecoder().decode(answer));
            }
          }
          const asking = new Asking(world.reactor, endpoint);
          asking.send(bytes('six times seven?'));
          asking.shutdownWrite();
        },
      ),
    expected: { client: ['connect', 'data six times seven?', 'end'], server: ['forty-two'] },
  },
  {
    title: 'DispatcherWithSend does not lose what it took while it was connecting',
    run: (world) =>
      void world.listen(
        LOOPBACK,
        { server: {} },
        {
          onListening: (listener) => {
            const early = new DispatcherWithSend(world.reactor);
            early.connect(listener.localAddress!);
            early.send(bytes('early '));
            early.send(bytes('bird'));
            early.closeWhenDone();
          },
        },
      ),
    expected: { server: ['data early bird', 'end'] },
  },
  {
    title: 'discardBuffers forgets what was collected and what was to be sent',
    run: chatting(sending('one', '\n'), (chat) => {
      chat.collectIncomingData = () => {};
      chat.pushWithProducer({ more: () => bytes('') });
      chat.discardBuffers();
      chat.note(`${chat.bufferedBytes} to send`);
    }),
    expected: { client: ['connect', 'end'], chat: ['0 to send', 'message ', 'end'] },
  },
];
