import { describe, expect, test } from 'vitest';
import { HttpError, type HttpHead, ResponseParser } from '../../src/services/index.ts';

interface Parsed {
  readonly head: HttpHead | null;
  readonly body: string;
  readonly isDone: boolean;
  readonly code: string | null;
}

/** Feeds `text` in pieces of `sizeBytes` bytes, then the end of stream. */
function parse(text: string, sizeBytes: number, headBytesMax = 1024): Parsed {
  let head: HttpHead | null = null;
  let body = '';
  const sink = {
    onHead: (received: HttpHead) => {
      head = received;
    },
    onBody: (bytes: Uint8Array) => {
      body += Buffer.from(bytes).toString('latin1');
    },
  };
  const parser = new ResponseParser(sink, headBytesMax);
  const bytes = Buffer.from(text, 'latin1');
  let code: string | null = null;
  try {
    for (let offset = 0; offset < bytes.length; offset += sizeBytes) {
      parser.feed(bytes.subarray(offset, offset + sizeBytes));
    }
    parser.end();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    code = error.code;
  }
  return { head, body, isDone: parser.isDone, code };
}

/** The result, having checked that no way of cutting the text changes it. */
function parseAllWays(text: string): Parsed {
  const whole = parse(text, text.length + 1);
  for (const sizeBytes of [1, 2, 3, 7]) expect(parse(text, sizeBytes)).toEqual(whole);
  return whole;
}

const OK = 'HTTP/1.1 200 OK\r\n';

const complete: readonly [title: string, text: string, body: string][] = [
  ['a body of its Content-Length', `${OK}Content-Length: 5\r\n\r\nhello`, 'hello'],
  ['nothing beyond the Content-Length', `${OK}content-LENGTH:5\r\n\r\nhello, more`, 'hello'],
  ['an empty body', `${OK}Content-Length: 0\r\n\r\n`, ''],
  ['a body up to the end of stream', `${OK}\r\nhello`, 'hello'],
  ['bare line feeds', 'HTTP/1.0 200 OK\nContent-Length: 2\n\nhi', 'hi'],
  ['a status line without a reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi', 'hi'],
  [
    'an interim response first',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n${OK}\r\nx`,
    'x',
  ],
  [
    'a chunked body',
    `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n`,
    'abc0123456789',
  ],
  [
    'chunked before a Content-Length',
    `${OK}Content-Length: 99\r\ntransfer-encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    'a',
  ],
  ['trailers', `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nDigest: x\r\n\r\n`, 'a'],
  ['equal Content-Lengths', `${OK}Content-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhi`, 'hi'],
  ['a status line with wide gaps', 'HTTP/1.1  200\tOK\r\nContent-Length: 2\r\n\r\nhi', 'hi'],
  ['an empty Transfer-Encoding', `${OK}Transfer-Encoding:\r\nContent-Length: 2\r\n\r\nhi`, 'hi'],
  [
    'a chunk size with leading zeros',
    `${OK}Transfer-Encoding: chunked\r\n\r\n0000000000000000002\r\nhi\r\n000\r\n\r\n`,
    'hi',
  ],
  ['no body with 204', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', ''],
  ['no body with 304', 'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n', ''],
];

const broken: readonly [title: string, text: string, code: string][] = [
  ['no byte', '', 'ERR_HTTP_EMPTY_RESPONSE'],
  ['an end in the status line', 'HTTP/1.1 20', 'ERR_HTTP_TRUNCATED'],
  ['an end in the headers', `${OK}Content-Length: 5\r\n`, 'ERR_HTTP_TRUNCATED'],
  ['a body cut short', `${OK}Content-Length: 5\r\n\r\nhell`, 'ERR_HTTP_TRUNCATED'],
  ['a body that never began', `${OK}Content-Length: 5\r\n\r\n`, 'ERR_HTTP_TRUNCATED'],
  ['an end after an interim response', 'HTTP/1.1 100 Continue\r\n\r\n', 'ERR_HTTP_TRUNCATED'],
  [
    'a chunked body without its last chunk',
    `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`,
    'ERR_HTTP_TRUNCATED',
  ],
  [
    'a chunked body without the final line',
    `${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`,
    'ERR_HTTP_TRUNCATED',
  ],
  ['another protocol', 'SSH-2.0-OpenSSH_9\r\n', 'ERR_HTTP_BAD_RESPONSE'],
  ['HTTP/2', 'HTTP/2 200\r\n\r\n', 'ERR_HTTP_BAD_RESPONSE'],
  ['a line without a colon', `${OK}nonsense\r\n\r\n`, 'ERR_HTTP_BAD_RESPONSE'],
  ['a header without a name', `${OK}: x\r\n\r\n`, 'ERR_HTTP_BAD_RESPONSE'],
  ['a NUL in a header', `${OK}a: b\0c\r\n\r\n`, 'ERR_HTTP_BAD_RESPONSE'],
  ['a fold before any header', `${OK} folded\r\n\r\n`, 'ERR_HTTP_BAD_RESPONSE'],
  [
    'unequal Content-Lengths',
    `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi!`,
    'ERR_HTTP_BAD_RESPONSE',
  ],
  ['a signed Content-Length', `${OK}Content-Length: +5\r\n\r\nhello`, 'ERR_HTTP_BAD_RESPONSE'],
  ['an empty Content-Length', `${OK}Content-Length:\r\n\r\nhello`, 'ERR_HTTP_BAD_RESPONSE'],
  [
    'a chunk size that is no number',
    `${OK}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`,
    'ERR_HTTP_BAD_RESPONSE',
  ],
  [
    'a chunk longer than its size',
    `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`,
    'ERR_HTTP_BAD_RESPONSE',
  ],
  ['a coding it does not read', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`, 'ERR_HTTP_UNSUPPORTED'],
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'ERR_HTTP_UNSUPPORTED'],
  ['headers above the limit', `${OK}a: ${'x'.repeat(2000)}\r\n\r\n`, 'ERR_HTTP_TOO_LARGE'],
  ['endless interim responses', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100), 'ERR_HTTP_TOO_LARGE'],
  [
    'a size line above the limit',
    `${OK}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5000)}\r\n`,
    'ERR_HTTP_TOO_LARGE',
  ],
];

describe('a response, however it is cut', () => {
  test.each(complete)('is complete with %s', (_title, text, body) => {
    expect(parseAllWays(text)).toMatchObject({ body, isDone: true, code: null });
  });

  test.each(broken)('is an error with %s', (_title, text, code) => {
    expect(parseAllWays(text)).toMatchObject({ isDone: false, code });
  });

  test('has its headers in order, folded lines joined, names in any case', () => {
    const { head } = parseAllWays(`${OK}Set-Cookie: a\r\nX:  one\r\n\t two \r\nset-cookie : b\r\n\r\n`);
    expect(head?.headers.entries).toEqual([
      ['Set-Cookie', 'a'],
      ['X', 'one two'],
      ['set-cookie', 'b'],
    ]);
    expect(head?.headers.get('SET-COOKIE')).toBe('a, b');
    expect(head?.headers.get('y')).toBe(null);
  });
});
