import { describe, expect, test } from 'vitest';
import {
  ArgumentError,
  ChunkQueue,
  checkAddress,
  compactTraceback,
  FileDispatcher,
  FileWrapper,
  findPrefixAtEnd,
  formatAddress,
  strerror,
  TransportError,
} from '../../src/core/index.ts';
import { bytes, Recorder, text } from '../support/recording.ts';
import { World } from '../support/scripted.ts';

describe('ChunkQueue', () => {
  test('bytes leave in order, whatever the sizes', () => {
    const queue = new ChunkQueue();
    queue.push(bytes('ab'));
    queue.append(bytes('cd'));
    queue.append(bytes('ef'));
    queue.push(bytes('gh'));
    queue.append(bytes('ij'));
    let out = '';
    while (queue.byteLength > 0) {
      const chunk = queue.peek(3);
      out += text(chunk);
      queue.drop(chunk.length);
    }
    expect(out).toBe('abcdefghij');
    expect(queue.peek(1).length).toBe(0);
  });

  test('append behind a pushed chunk never writes into that chunk’s buffer', () => {
    const queue = new ChunkQueue();
    const whole = bytes('abcdef');
    queue.append(bytes('x'));
    queue.push(whole.subarray(0, 2));
    queue.append(bytes('yz'));
    expect(text(whole)).toBe('abcdef');
  });

  test('it keeps no more than what is queued after thousands of chunks', () => {
    const queue = new ChunkQueue();
    for (let count = 0; count < 1000; count += 1) {
      queue.push(bytes('abc'));
      if (count > 2) queue.drop(queue.peek(3).length);
    }
    expect(queue.byteLength).toBe(9);
    queue.clear();
    expect(queue.byteLength).toBe(0);
    queue.append(bytes('q'));
    expect(text(queue.peek(9))).toBe('q');
  });
});

describe('files', () => {
  test('a FileDispatcher is open at once, reads to the end, and closes its wrapper', () => {
    const world = new World();
    const events: string[] = [];
    class Reader extends FileDispatcher {
      override handleRead(): void {
        const received = this.recv(100);
        if (received instanceof Uint8Array) events.push(text(received));
      }
      override handleClose(reason: { kind: string }): void {
        events.push(reason.kind);
      }
    }
    const reader = new Reader(world.reactor, '/etc/motd');
    expect(reader.connected).toBe(true);
    world.endpoints[0].receive('line').end();
    world.turns();
    expect([events, reader.file.closed]).toEqual([['line', 'end'], true]);
  });

  test('a FileWrapper reads and writes under either name, and throws once closed', () => {
    const world = new World();
    const file = new FileWrapper(world, 'a file', { flags: 'r+' });
    world.endpoints[0].receive('abcdef');
    expect(text(file.recv(3) as Uint8Array) + text(file.read(3) as Uint8Array)).toBe('abcdef');
    expect([file.read(1), file.send(bytes('x')), file.write(bytes('yz'))]).toEqual([null, 1, 2]);
    expect(() => file.read(-1)).toThrow(ArgumentError);
    expect(() => file.write('x' as unknown as Uint8Array)).toThrow(ArgumentError);
    file.close();
    file.close();
    for (const attempt of [() => file.read(1), () => file.write(bytes('x'))]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'ERR_FILE_CLOSED' }));
    }
  });

  test('a FileDispatcher takes over a wrapper', () => {
    const world = new World();
    const file = new FileWrapper(world, 'a file');
    const channel = new FileDispatcher(world.reactor, file);
    channel.abort();
    expect([file.closed, world.reactor.size]).toEqual([true, 0]);
  });
});

test('an error shows an IPv6 address in brackets beside its port', () => {
  const error = new TransportError('ECONNREFUSED', { syscall: 'connect', address: '::1', port: 80 });
  expect(error.message).toMatch('connect [::1]:80: ECONNREFUSED');
});

describe('addresses', () => {
  test.each([null, 1, 'host:80', {}, { host: 'a' }, { host: 'a', port: -1 }, { path: '' }, { path: 'a\0b' }])(
    '%o is none',
    (address) => expect(() => checkAddress('address', address)).toThrow(ArgumentError),
  );

  test('they print as one expects', () => {
    expect(formatAddress({ host: '::1', port: 8 })).toBe('[::1]:8');
    expect(formatAddress({ host: 'localhost', port: 8 })).toBe('localhost:8');
    expect(formatAddress({ path: '/tmp/x' })).toBe('/tmp/x');
  });
});

describe('helpers', () => {
  test.each([
    ['qwerty\r', 1],
    ['qwertydkjf', 0],
    ['', 0],
    ['\r', 1],
  ])('findPrefixAtEnd(%o, CRLF) is %i', (haystack, length) => {
    expect(findPrefixAtEnd(bytes(haystack), bytes('\r\n'))).toBe(length);
  });

  test('findPrefixAtEnd of an empty needle is 0', () => {
    expect(findPrefixAtEnd(bytes('abc'), bytes(''))).toBe(0);
  });

  test('compactTraceback of something thrown that is no Error has no frames', () => {
    expect(compactTraceback('oops')).toMatchObject({ file: '?', type: 'string', value: 'oops', info: '' });
  });

  test('strerror knows the common codes, and is never empty', () => {
    expect(strerror('EPIPE')).toMatch(/closed the connection/);
    expect(strerror('EWHAT')).toBe('unknown error EWHAT');
  });
});

test('a dispatcher prints its state and address', () => {
  const world = new World();
  const channel = new Recorder(world.reactor);
  expect(String(channel)).toBe('<Recorder idle>');
  channel.connect({ host: '::1', port: 80 });
  expect(String(channel)).toBe('<Recorder connecting [::1]:80>');
});
