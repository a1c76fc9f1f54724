// F8: what AsyncChat collects is a function of the byte stream alone. Every chunking of small inputs; fast-check beyond.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Terminator } from '../../src/core/index.ts';
import { Chatter } from '../../test/support/recording.ts';
import { ScriptedEndpoint, World } from '../../test/support/scripted.ts';

type Framing = {
  readonly messages: readonly string[];
  readonly rest: string;
  readonly events: readonly string[];
};

interface Protocol {
  readonly terminator: Terminator | string;
  /** The terminator after each message, if it changes. */
  readonly next?: (message: string) => Terminator | string;
  readonly maxBufferedBytes?: number;
}

function frame(chunks: readonly Uint8Array[], { terminator, next, maxBufferedBytes }: Protocol): Framing {
  const world = new World();
  const endpoint = new ScriptedEndpoint().open();
  const chat = new Chatter(world.reactor, endpoint);
  if (maxBufferedBytes !== undefined) chat.maxBufferedBytes = maxBufferedBytes;
  chat.setTerminator(terminator);
  if (next !== undefined) chat.onMessage = (message) => chat.setTerminator(next(message));
  for (const chunk of chunks) {
    endpoint.receive(chunk);
    world.turns();
  }
  endpoint.end();
  world.turns();
  return { messages: chat.messages, rest: chat.rest, events: chat.events };
}

/** Cuts `stream` where `cuts` has a set bit: bit 0 between byte 0 and byte 1. */
function chunksOf(stream: Uint8Array, cuts: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let start = 0;
  for (let end = 1; end <= stream.length; end += 1) {
    if (end < stream.length && (cuts & (1 << (end - 1))) === 0) continue;
    chunks.push(stream.slice(start, end));
    start = end;
  }
  return chunks;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All words of this length over the alphabet, as bytes. */
function* words(alphabet: string, length: number): Generator<Uint8Array> {
  const total = alphabet.length ** length;
  for (let index = 0; index < total; index += 1) {
    let rest = index;
    let word = '';
    for (let place = 0; place < length; place += 1) {
      word += alphabet[rest % alphabet.length];
      rest = Math.floor(rest / alphabet.length);
    }
    yield encode(word);
  }
}

const lengthThenBody = (message: string): Terminator | string => {
  const count = message.charCodeAt(0) - 'a'.charCodeAt(0);
  return count > 0 && message.length === 1 ? count : 'ab';
};

const PROTOCOLS: [string, Protocol][] = [
  ['one byte', { terminator: 'a' }],
  ['two different bytes', { terminator: 'ab' }],
  ['a terminator that overlaps itself', { terminator: 'aab' }],
  ['a count that is not renewed', { terminator: 2 }],
  ['a count that is renewed', { terminator: 2, next: () => 2 }],
  ['no terminator', { terminator: null }],
  ['bytes and counts in turn', { terminator: 'ab', next: lengthThenBody }],
  ['a limit', { terminator: 'ab', maxBufferedBytes: 2 }],
];

describe.each(PROTOCOLS)('%s', (_name, protocol) => {
  test('every chunking of every word of up to 7 letters gives what the whole gives', () => {
    for (let length = 1; length <= 7; length += 1) {
      for (const word of words('abc', length > 5 ? length - 2 : length)) {
        const stream = length > 5 ? encode(`${new TextDecoder().decode(word)}ab`) : word;
        const whole = frame([stream], protocol);
        for (let cuts = 1; cuts < 2 ** (stream.length - 1); cuts += 1) {
          const framing = frame(chunksOf(stream, cuts), protocol);
          if (JSON.stringify(framing) !== JSON.stringify(whole)) {
            expect([chunksOf(stream, cuts), framing]).toEqual([chunksOf(stream, cuts), whole]);
          }
        }
      }
    }
  });
});

test('messages and what is left, joined by the terminator, are the stream', () => {
  for (const word of words('abc', 7)) {
    const { messages, rest } = frame([word], { terminator: 'ab' });
    expect([...messages, rest].join('ab')).toBe(new TextDecoder().decode(word));
  }
});

test('for every stream, terminator and chunking, the framing is that of the whole', () => {
  const byte = fc.constantFrom(13, 10, 97, 98, 0, 255);
  const terminator = fc.oneof(
    fc
      .uint8Array({ minLength: 1, maxLength: 4 })
      .map((array) => array.map((value) => [13, 10, 97][value % 3])),
    fc.nat({ max: 6 }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(
      fc.array(byte, { minLength: 1, maxLength: 60 }),
      fc.array(terminator, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: 59 }), { maxLength: 12 }),
      (stream, terminators, cuts) => {
        const data = Uint8Array.from(stream);
        const places = [...new Set(cuts.map((cut) => cut % data.length))].sort((a, b) => a - b);
        const chunks = [0, ...places].map((start, index) => data.slice(start, places[index] ?? data.length));
        const protocol = (): Protocol => {
          let used = 0;
          const next = (): Terminator => {
            used += 1;
            return terminators[used % terminators.length];
          };
          return { terminator: terminators[0], next };
        };
        const nonEmpty = chunks.filter((chunk) => chunk.length > 0);
        expect(frame(nonEmpty, protocol())).toEqual(frame([data], protocol()));
      },
    ),
    { numRuns: 2000 },
  );
});
