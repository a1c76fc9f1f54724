// CPython's test_asynchat.py: its 14 methods; those that talk do so on every backend, in both orders of a turn.
import { describe, expect, test } from 'vitest';
import { findPrefixAtEnd, SimpleProducer } from '../../src/core/index.ts';
import { bytes, Chatter } from '../support/recording.ts';
import { ScriptedEndpoint, World } from '../support/scripted.ts';
import { type Bench, MATRIX, onBench } from './support/bench.ts';
import { converse, SERVER_QUIT } from './support/echo.ts';

async function linesInChunks(bench: Bench, terminator: string, chunkSize: number): Promise<void> {
  const { client } = await converse(bench, { terminator, chunkSize }, (speaker) => {
    speaker.push(bytes('hello '));
    speaker.push(bytes(`world${terminator}`));
    speaker.push(bytes(`I'm not dead yet!${terminator}`));
    speaker.push(bytes(SERVER_QUIT));
  });
  expect(client.contents).toEqual(['hello world', "I'm not dead yet!"]);
}

describe.each(MATRIX)('TestAsynchat, %s', (_name, make) => {
  const on = (body: Parameters<typeof onBench>[1]) => onBench(make, body);

  /** CPython's line_terminator_check: the server sends its answer in chunks of one, two and three bytes. */
  const lineTerminatorCheck = (terminator: string) => async () => {
    for (const chunkSize of [1, 2, 3]) await on((bench) => linesInChunks(bench, terminator, chunkSize))();
  };

  test('test_line_terminator1: lines that end in one byte', lineTerminatorCheck('\n'));
  test('test_line_terminator2: lines that end in two bytes', lineTerminatorCheck('\r\n'));
  test('test_line_terminator3: lines that end in three equal bytes', lineTerminatorCheck('qqq'));

  const numericTerminatorCheck = (count: number) =>
    on(async (bench) => {
      const data = "hello world, I'm not dead yet!\n";
      const { client } = await converse(bench, { terminator: count }, (speaker) => {
        speaker.push(bytes(data));
        speaker.push(bytes(SERVER_QUIT));
      });
      expect(client.contents).toEqual([data.slice(0, count)]);
      expect(client.rest).toBe(data.slice(count));
    });

  test('test_numeric_terminator1: a message of one byte', numericTerminatorCheck(1));
  test('test_numeric_terminator2: a message of six bytes', numericTerminatorCheck(6));

  test(
    'test_none_terminator: everything is collected, and no message found',
    on(async (bench) => {
      const data = "hello world, I'm not dead yet!\n";
      const { client } = await converse(bench, { terminator: null }, (speaker) => {
        speaker.push(bytes(data));
        speaker.push(bytes(SERVER_QUIT));
      });
      expect([client.contents, client.rest]).toEqual([[], data]);
    }),
  );

  test(
    'test_simple_producer: a producer sends what it gives',
    on(async (bench) => {
      const data = "hello world\nI'm not dead yet!\n";
      const { client } = await converse(bench, { terminator: '\n' }, (speaker) => {
        speaker.pushWithProducer(new SimpleProducer(bytes(data + SERVER_QUIT), 8));
      });
      expect(client.contents).toEqual(['hello world', "I'm not dead yet!"]);
    }),
  );

  test(
    'test_string_producer: bytes stand for a producer',
    on(async (bench) => {
      const data = "hello world\nI'm not dead yet!\n";
      const { client } = await converse(bench, { terminator: '\n' }, (speaker) => {
        speaker.pushWithProducer(bytes(data + SERVER_QUIT));
      });
      expect(client.contents).toEqual(['hello world', "I'm not dead yet!"]);
    }),
  );

  test(
    'test_empty_line: an empty line is a message',
    on(async (bench) => {
      const { client } = await converse(bench, { terminator: '\n' }, (speaker) => {
        speaker.push(bytes(`hello world\n\nI'm not dead yet!\n${SERVER_QUIT}`));
      });
      expect(client.contents).toEqual(['hello world', '', "I'm not dead yet!"]);
    }),
  );

  test(
    'test_close_when_done: the server gets all that was pushed before, then the end of stream',
    on(async (bench) => {
      const body = 'x'.repeat(300_000);
      const { client, server } = await converse(bench, { terminator: '\n' }, (speaker) => {
        speaker.push(bytes(body));
        speaker.push(bytes("hello world\nI'm not dead yet!\n"));
        speaker.closeWhenDone();
      });
      expect([client.contents, client.reason]).toEqual([[], { kind: 'done' }]);
      expect(server.handlers[0].received).toBe(`${body}hello world\nI'm not dead yet!\n`);
    }),
  );

  test(
    'test_push: bytes and buffers are taken, anything else is an argument error',
    on(async (bench) => {
      const { client } = await converse(bench, { terminator: '\n' }, (speaker) => {
        speaker.push(bytes('bytes\n'));
        speaker.push(Buffer.from('buffer\n'));
        speaker.push(Buffer.from('<memory view\n').subarray(1));
        for (const wrong of [10, 'unicode', null]) {
          expect(() => speaker.push(wrong as unknown as Uint8Array)).toThrow(
            expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
          );
        }
        speaker.push(bytes(SERVER_QUIT));
      });
      expect(client.contents).toEqual(['bytes', 'buffer', 'memory view']);
    }),
  );
});

describe('TestAsynchatMocked', () => {
  test('test_blockingioerror: a recv that would block is no error', () => {
    const world = new World();
    const chat = new Chatter(world.reactor, new ScriptedEndpoint().open());
    chat.handleRead();
    world.turns();
    expect([chat.events, chat.closed]).toEqual([[], false]);
  });
});

describe('TestHelperFunctions', () => {
  test('test_find_prefix_at_end: the longest beginning of the terminator that ends the text', () => {
    expect(findPrefixAtEnd(bytes('qwerty\r'), bytes('\r\n'))).toBe(1);
    expect(findPrefixAtEnd(bytes('qwertydkjf'), bytes('\r\n'))).toBe(0);
  });
});

describe('TestNotConnected', () => {
  test('test_disallow_negative_terminator: a count below zero is an argument error', () => {
    const chat = new Chatter(new World().reactor);
    expect(() => chat.setTerminator(-1)).toThrow(expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }));
  });
});
