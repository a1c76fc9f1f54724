import { describe, expect, test } from 'vitest';
import { ArgumentError, AsyncChat, type Producer, SimpleProducer, StateError } from '../../src/core/index.ts';
import { bytes, Chatter, text } from '../support/recording.ts';
import { PEER, ScriptedEndpoint, World } from '../support/scripted.ts';

function connected(windowBytes = Number.POSITIVE_INFINITY) {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const chat = new Chatter(world.reactor, endpoint);
  world.turns();
  endpoint.window(windowBytes);
  const receive = (...chunks: string[]): void => {
    for (const chunk of chunks) {
      endpoint.receive(chunk);
      world.turns();
    }
  };
  return { world, endpoint, chat, receive };
}

describe('terminators', () => {
  test('without a terminator everything is collected as it comes', () => {
    const { chat, receive } = connected();
    receive('ab', 'c');
    expect([chat.messages, chat.rest, chat.getTerminator()]).toEqual([[], 'abc', null]);
  });

  test('bytes end a message, however it arrives', () => {
    const { chat, receive } = connected();
    chat.setTerminator(bytes('\r\n'));
    receive('he', 'llo\r', '\nwor', 'ld\r\n\r\n', 'x\ry\r\n', 'rest\r');
    expect([chat.messages, chat.rest]).toEqual([['hello', 'world', '', 'x\ry'], 'rest']);
  });

  test('an empty message makes no collectIncomingData', () => {
    const collected: string[] = [];
    class Noting extends Chatter {
      override collectIncomingData(data: Uint8Array): void {
        collected.push(text(data));
      }
    }
    const world = new World();
    const endpoint = new ScriptedEndpoint().open();
    new Noting(world.reactor, endpoint).setTerminator('\n');
    endpoint.receive('\na\n\n');
    world.turns();
    expect(collected).toEqual(['a']);
  });

  test('a count ends a message after so many bytes, and is 0 then', () => {
    const { chat, receive } = connected();
    chat.setTerminator(5);
    const seen: unknown[] = [];
    chat.onMessage = () => seen.push(chat.getTerminator());
    receive('ab');
    expect(chat.getTerminator()).toBe(3);
    receive('cdefg');
    expect([chat.messages, chat.rest, seen]).toEqual([['abcde'], 'fg', [0]]);
  });

  test('a terminator set in foundTerminator holds for the bytes that follow', () => {
    const { chat, receive } = connected();
    chat.setTerminator('\n');
    chat.onMessage = (message) => chat.setTerminator(/^\d+$/.test(message) ? Number(message) : '\n');
    receive('3\nabc3\nd\nf4\nwxyz');
    expect(chat.messages).toEqual(['3', 'abc', '3', 'd\nf', '4', 'wxyz']);
    expect(chat.rest).toBe('');
  });

  test('a terminator set outside a handler is looked for in what is held back, from the loop', () => {
    const { world, chat, receive } = connected();
    chat.setTerminator('\r\n');
    receive('a\r');
    expect([chat.messages, chat.rest]).toEqual([[], 'a']);
    chat.setTerminator('\r');
    expect(chat.messages).toEqual([]);
    world.turns();
    expect(chat.messages).toEqual(['a']);
  });

  test('a terminator set in collectIncomingData is looked for in what is held back', () => {
    class Switching extends Chatter {
      override collectIncomingData(data: Uint8Array): void {
        super.collectIncomingData(data);
        this.setTerminator('\r');
      }
    }
    const world = new World();
    const endpoint = new ScriptedEndpoint().open();
    const chat = new Switching(world.reactor, endpoint);
    chat.setTerminator('\r\n');
    endpoint.receive('a\r');
    world.turns();
    expect(chat.messages).toEqual(['a']);
  });

  test('a terminator that begins twice is found', () => {
    const { chat, receive } = connected();
    chat.setTerminator('aab');
    receive('xaaab', 'a', 'a', 'aab');
    expect(chat.messages).toEqual(['xa', 'aa']);
  });

  test('no bytes at all, 0 and null mean none', () => {
    for (const none of [new Uint8Array(0), '', 0, null]) {
      const { chat, receive } = connected();
      chat.setTerminator('\n');
      chat.setTerminator(none);
      receive('a\nb');
      expect([chat.messages, chat.rest]).toEqual([[], 'a\nb']);
    }
  });

  test.each([-1, 1.5, Number.NaN, true, {}, undefined])('setTerminator(%o) throws', (terminator) => {
    const { chat } = connected();
    expect(() => chat.setTerminator(terminator as number)).toThrow(ArgumentError);
  });

  test('a buffer given as the terminator may be changed afterwards', () => {
    const { chat, receive } = connected();
    const terminator = bytes('\n');
    chat.setTerminator(terminator);
    terminator[0] = 120;
    receive('ax\n');
    expect(chat.messages).toEqual(['ax']);
  });
});

describe('input', () => {
  test('the end of stream delivers what was held back', () => {
    const { world, endpoint, chat, receive } = connected();
    chat.setTerminator('\r\n');
    receive('line\r');
    expect(chat.rest).toBe('line');
    endpoint.end();
    world.turns();
    expect([chat.rest, chat.events]).toEqual(['line\r', ['close end']]);
  });

  test('nothing is delivered after close in foundTerminator', () => {
    const { chat, receive } = connected();
    chat.setTerminator('\n');
    chat.onMessage = () => chat.close();
    receive('a\nb\nc\n');
    expect(chat.messages).toEqual(['a']);
  });

  test('collected bytes are the program’s to keep', () => {
    const { world, endpoint, chat } = connected();
    const data = bytes('abc');
    endpoint.receive(data);
    world.turns();
    data.fill(120);
    expect(chat.rest).toBe('abc');
  });

  test('a message longer than maxBufferedBytes ends the channel with EMSGSIZE', () => {
    for (const chunks of [['abcdefgh\n'], [...'abcdefgh\n'], ['abcdef', 'gh\n']]) {
      const { chat, receive } = connected();
      chat.maxBufferedBytes = 5;
      chat.setTerminator('\n');
      receive('12345\n', ...chunks);
      expect([chat.messages, chat.rest, chat.events]).toEqual([
        ['12345'],
        'abcde',
        ['close failed EMSGSIZE'],
      ]);
    }
  });

  test.each([
    ['acInBufferSize', 0],
    ['acInBufferSize', 1.5],
    ['maxBufferedBytes', Number.NaN],
    ['maxBufferedBytes', 0],
  ] as const)('a chat whose %s is %o fails when it receives', (name, value) => {
    const { chat, receive } = connected();
    chat.setTerminator('\n');
    chat[name] = value;
    receive('hello');
    expect(chat.events).toEqual([expect.stringContaining(`error ${name} must`), 'close exception']);
  });

  test.each([0, -1, 1.5, Number.NaN])('a chat whose acOutBufferSize is %o fails when it sends', (value) => {
    const { world, endpoint, chat } = connected(1);
    chat.acOutBufferSize = value;
    chat.push(bytes('hello'));
    endpoint.window(10);
    world.turns();
    expect(chat.events).toEqual([expect.stringContaining('error acOutBufferSize must'), 'close exception']);
  });

  test('maxBufferedBytes does not limit counts and null terminators', () => {
    const { chat, receive } = connected();
    chat.maxBufferedBytes = 2;
    receive('abcdef');
    chat.setTerminator(4);
    receive('ghij');
    expect(chat.messages).toEqual(['abcdefghij']);
  });

  test('a class that overrides nothing says what to override', () => {
    const world = new World();
    const endpoint = new ScriptedEndpoint().open();
    new AsyncChat(world.reactor, endpoint);
    endpoint.receive('x');
    world.turns();
    expect(String(world.uncaught[0])).toMatch(/received data: override collectIncomingData\(data\)/);
  });

  test('discardBuffers forgets input and output, not the terminator', () => {
    const { world, endpoint, chat, receive } = connected(0);
    chat.setTerminator('\r\n');
    receive('a\r');
    chat.push(bytes('never'));
    chat.pushWithProducer(new SimpleProducer(bytes('never')));
    chat.discardBuffers();
    endpoint.window(100);
    world.turns();
    receive('\nb\r\n');
    expect([chat.messages, endpoint.sent, chat.bufferedBytes]).toEqual([['\nb'], '', 0]);
  });

  test('discardBuffers lets a waiting closeWhenDone close', () => {
    const { world, chat } = connected(0);
    chat.push(bytes('never'));
    chat.closeWhenDone();
    chat.discardBuffers();
    world.turns();
    expect(chat.events).toEqual(['close done']);
  });
});

describe('output', () => {
  class List implements Producer {
    private readonly parts: string[];
    asked = 0;

    constructor(...parts: string[]) {
      this.parts = parts;
    }

    more(): Uint8Array | null {
      this.asked += 1;
      const part = this.parts.shift();
      return part === undefined ? null : bytes(part);
    }
  }

  test('bytes and producers leave in the order in which they were pushed', () => {
    const { world, endpoint, chat } = connected(1);
    chat.push(bytes('one '));
    chat.pushWithProducer(new List('two ', 'three '));
    chat.push(bytes('four '));
    chat.pushWithProducer(new List());
    chat.pushWithProducer(bytes('five '));
    chat.pushWithProducer(new SimpleProducer(bytes('six'), 2));
    endpoint.window(100);
    world.turns();
    expect(endpoint.sent).toBe('one two three four five six');
  });

  test('a producer is asked only when what came before has been sent, and not after it said no more', () => {
    const { world, endpoint, chat } = connected(2);
    const producer = new List('ab', 'cd');
    chat.pushWithProducer(producer);
    expect(producer.asked).toBe(0);
    world.turns();
    expect(producer.asked).toBe(1);
    endpoint.window(100);
    world.turns();
    expect([producer.asked, endpoint.sent]).toEqual([3, 'abcd']);
    chat.push(bytes('e'));
    world.turns();
    expect([producer.asked, endpoint.sent]).toEqual([3, 'abcde']);
  });

  test('a producer may use one buffer again and again', () => {
    const { world, endpoint, chat } = connected(1);
    const buffer = new Uint8Array(2);
    let letter = 96;
    chat.pushWithProducer({
      more: () => {
        letter += 1;
        return letter < 100 ? buffer.fill(letter) : null;
      },
    });
    for (let count = 0; count < 10; count += 1) {
      world.turns();
      endpoint.window(1);
    }
    expect(endpoint.sent).toBe('aabbcc');
  });

  test('an exception in more() reaches handleError from the loop, not the caller', () => {
    const { world, chat } = connected();
    chat.pushWithProducer({
      more: () => {
        throw new Error('boom');
      },
    });
    expect(chat.events).toEqual([]);
    world.turns();
    expect(chat.events).toEqual(['error boom', 'close exception']);
  });

  test('what more() returns has to be bytes', () => {
    const { world, chat } = connected();
    chat.pushWithProducer({ more: () => 'text' as unknown as Uint8Array });
    world.turns();
    expect(chat.events[0]).toMatch(/what more\(\) returned must be a Uint8Array/);
  });

  test('close in more() sends nothing more', () => {
    const { world, endpoint, chat } = connected();
    chat.pushWithProducer({
      more: () => {
        chat.close();
        return bytes('x');
      },
    });
    world.turns();
    expect([endpoint.sent, chat.events]).toEqual(['', []]);
  });

  test('bytes pushed before connect are sent once connected', () => {
    const world = new World();
    const chat = new Chatter(world.reactor);
    chat.push(bytes('early '));
    chat.connect(PEER);
    chat.push(bytes('later'));
    expect(chat.bufferedBytes).toBe(11);
    world.endpoints[0].open();
    world.turns();
    expect([world.endpoints[0].sent, chat.bufferedBytes]).toEqual(['early later', 0]);
  });

  test('push copies', () => {
    const { world, endpoint, chat } = connected(0);
    const data = bytes('abc');
    chat.push(data);
    data.fill(120);
    endpoint.window(100);
    world.turns();
    expect(endpoint.sent).toBe('abc');
  });

  test('a write event sends at most acOutBufferSize', () => {
    const { world, endpoint, chat } = connected(0);
    chat.acOutBufferSize = 4;
    chat.push(bytes('0123456789'));
    endpoint.window(100);
    world.turns();
    expect(endpoint.sends).toEqual(['0123', '4567', '89']);
  });

  test('closeWhenDone waits for producers', () => {
    const { world, endpoint, chat } = connected(3);
    chat.pushWithProducer(new List('abc', 'def'));
    chat.closeWhenDone();
    world.turns();
    expect(chat.closed).toBe(false);
    endpoint.window(100);
    world.turns();
    expect([endpoint.sent, chat.events]).toEqual(['abcdef', ['close done']]);
  });

  test('the end of stream waits for producers, too', () => {
    const { world, endpoint, chat } = connected(3);
    chat.pushWithProducer(new List('abc', 'def'));
    endpoint.end();
    world.turns();
    endpoint.window(100);
    world.turns();
    expect([endpoint.sent, chat.events]).toEqual(['abcdef', ['close end']]);
  });

  test('a listener takes no output', () => {
    const chat = new Chatter(new World().reactor);
    chat.listen();
    expect(() => chat.push(bytes('x'))).toThrow(StateError);
    expect(() => chat.pushWithProducer(new SimpleProducer(bytes('x')))).toThrow(StateError);
    expect(chat.bufferedBytes).toBe(0);
  });

  test('push after closeWhenDone or close throws', () => {
    const { chat } = connected(0);
    chat.push(bytes('x'));
    chat.closeWhenDone();
    expect(() => chat.push(bytes('y'))).toThrow(StateError);
    expect(() => chat.pushWithProducer(new List('y'))).toThrow(StateError);
    chat.close();
    expect(() => chat.push(bytes('y'))).toThrow(StateError);
    expect(() => chat.pushWithProducer(new List('y'))).toThrow(StateError);
  });

  test.each([10, 'text', null, undefined, [1]])('push(%o) throws', (data) => {
    const { chat } = connected();
    expect(() => chat.push(data as unknown as Uint8Array)).toThrow(ArgumentError);
  });

  test.each([10, 'text', null, undefined, {}])('pushWithProducer(%o) throws', (producer) => {
    const { chat } = connected();
    expect(() => chat.pushWithProducer(producer as unknown as Producer)).toThrow(ArgumentError);
  });
});

test('SimpleProducer gives 1100 bytes as 512, 512, 76, 0', () => {
  const producer = new SimpleProducer(new Uint8Array(1100));
  expect([1, 2, 3, 4].map(() => producer.more().length)).toEqual([512, 512, 76, 0]);
  expect(() => new SimpleProducer(new Uint8Array(1), 0)).toThrow(ArgumentError);
});
