// The head of an HTTP/1 response (RFC 9112): status line and headers, from complete lines. No I/O.
import { HttpError, quote } from './http-error.js';
/** Header fields in the order received; names keep their spelling and are looked up without regard to case. */
export class HttpHeaders {
  constructor(entries) {
    this.entries = entries;
  }
  /** All values of a field joined with `, `, or null if it is absent. */
  get(name) {
    const values = this.all(name);
    return values.length === 0 ? null : values.join(', ');
  }
  /** The values of a field, one for each time it was sent. */
  all(name) {
    const wanted = name.toLowerCase();
    return this.entries.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value);
  }
}
/** Words may stand further apart than by one space (RFC 9112 section 4). */
const STATUS_LINE = /^HTTP\/(1\.\d)[ \t]+([1-9]\d\d)(?:[ \t]+(.*))?$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FORBIDDEN = /[\0\r\n]/;
/** Parses a head from its lines, without line ends and without the empty one. */
export function parseHead(lines) {
  const match = STATUS_LINE.exec(lines[0]);
  if (match === null || FORBIDDEN.test(lines[0])) {
    throw new HttpError(
      'ERR_HTTP_BAD_RESPONSE',
      `the response does not begin with an HTTP/1 status line: ${quote(lines[0])}`,
    );
  }
  const [, version, status, reason = ''] = match;
  return { version, status: Number(status), reason, headers: parseFields(lines, 1) };
}
/** Parses the fields from `lines[from]` on; a folded line continues the one before it (RFC 9112 section 5.2). */
export function parseFields(lines, from) {
  const entries = [];
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (FORBIDDEN.test(line)) throw badField(line, 'holds a NUL or a bare CR');
    if (line[0] === ' ' || line[0] === '\t') {
      const last = entries.at(-1);
      if (last === undefined) throw badField(line, 'continues no header');
      last[1] = `${last[1]} ${trim(line)}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    const name = trim(line.slice(0, Math.max(0, colon)));
    if (!FIELD_NAME.test(name)) throw badField(line, 'is not "name: value"');
    entries.push([name, trim(line.slice(colon + 1))]);
  }
  return new HttpHeaders(entries);
}
/** How the body of a response to GET ends (RFC 9112 section 6.3). */
export function bodyFraming(head) {
  if (head.status < 200 || head.status === 204 || head.status === 304) return { kind: 'none' };
  const codings = list(head.headers.all('transfer-encoding'))
    .filter((coding) => coding !== '')
    .map((coding) => coding.toLowerCase());
  if (codings.length === 1 && codings[0] === 'chunked') return { kind: 'chunked' };
  if (codings.length > 0 && !codings.every((coding) => coding === 'identity')) {
    throw new HttpError(
      'ERR_HTTP_UNSUPPORTED',
      `Transfer-Encoding ${quote(codings.join(', '))} is not one this client reads; it reads chunked`,
    );
  }
  const lengths = new Set(list(head.headers.all('content-length')));
  if (lengths.size === 0) return { kind: 'until-end' };
  const [length] = lengths;
  const sizeBytes = /^\d+$/.test(length) ? Number(length) : Number.NaN;
  if (lengths.size > 1 || !Number.isSafeInteger(sizeBytes)) {
    throw new HttpError(
      'ERR_HTTP_BAD_RESPONSE',
      `Content-Length is no length: ${quote([...lengths].join(', '))}`,
    );
  }
  return { kind: 'length', sizeBytes };
}
function list(values) {
  return values.flatMap((value) => value.split(',')).map(trim);
}
/** Optional white space is space and tab only (RFC 9110 section 5.6.3). */
function trim(text) {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}
function badField(line, problem) {
  return new HttpError('ERR_HTTP_BAD_RESPONSE', `a header line ${problem}: ${quote(line)}`);
}
