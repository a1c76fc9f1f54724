// Reads one HTTP/1 response from pieces of any size. A state machine without I/O: bytes in, head and body out.
import { HttpError, quote } from './http-error.js';
import { bodyFraming, parseFields, parseHead } from './http-head.js';

/** A chunk's size line with its extensions; what is longer is an attack or noise. */
const CHUNK_LINE_BYTES_MAX = 4096;
const PROTOCOL = 'HTTP/1.';
const LF = 10;
const CR = 13;
export class ResponseParser {
  /** `headBytesMax` bounds the status line and headers, interim ones and trailers included. */
  constructor(sink, headBytesMax) {
    this.state = 'head';
    this.lines = [];
    this.line = '';
    /** Bytes of head, interim heads and trailers so far. */
    this.headBytes = 0;
    /** Bytes left of the body or of the chunk. */
    this.remaining = 0;
    this.bodyBytes = 0;
    this.hasBegun = false;
    this.sink = sink;
    this.headBytesMax = headBytesMax;
  }
  /** Whether the response is complete. What follows it is not looked at. */
  get isDone() {
    return this.state === 'done';
  }
  /** Takes the next bytes. Throws HttpError. */
  feed(bytes) {
    if (bytes.length > 0) this.hasBegun = true;
    let offset = 0;
    while (offset < bytes.length && this.state !== 'done') {
      if (this.state === 'length' || this.state === 'until-end' || this.state === 'chunk-data') {
        offset = this.takeBody(bytes, offset);
      } else offset = this.takeLine(bytes, offset);
    }
  }
  /** The stream has ended. Throws HttpError unless the response is complete. */
  end() {
    if (this.state === 'until-end') this.state = 'done';
    if (this.state === 'done') return;
    if (!this.hasBegun) {
      throw new HttpError(
        'ERR_HTTP_EMPTY_RESPONSE',
        'the server closed the connection without sending a byte',
      );
    }
    throw new HttpError('ERR_HTTP_TRUNCATED', `the server closed the connection ${this.describeMissing()}`);
  }
  /** What decides how further bytes are read, as text. */
  fingerprint() {
    return `${this.state} ${this.remaining} ${this.headBytes} ${this.lines.join('|')}|${this.line}`;
  }
  describeMissing() {
    if (this.state === 'head') return 'before the end of the headers';
    if (this.state === 'length')
      return `after ${this.bodyBytes} of ${this.bodyBytes + this.remaining} bytes of the body`;
    return `after ${this.bodyBytes} bytes of the body, before its last chunk`;
  }
  takeBody(bytes, offset) {
    const end = this.state === 'until-end' ? bytes.length : Math.min(bytes.length, offset + this.remaining);
    this.bodyBytes += end - offset;
    if (this.state !== 'until-end') {
      this.remaining -= end - offset;
      if (this.remaining === 0) this.state = this.state === 'length' ? 'done' : 'chunk-end';
    }
    this.sink.onBody(offset === 0 && end === bytes.length ? bytes : bytes.subarray(offset, end));
    return end;
  }
  /** Lines end with LF; a CR before it belongs to the line end (RFC 9112 section 2.2). */
  takeLine(bytes, offset) {
    const lineEnd = bytes.indexOf(LF, offset);
    const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
    this.countLine(end - offset);
    this.line += decodeLatin1(bytes, offset, lineEnd === -1 ? end : lineEnd);
    if (lineEnd === -1) {
      this.checkBeginning();
      return end;
    }
    let { line } = this;
    this.line = '';
    if (line.charCodeAt(line.length - 1) === CR) line = line.slice(0, -1);
    this.endLine(line);
    return end;
  }
  /** What begins as no HTTP response does is none, even if its first line never ends. */
  checkBeginning() {
    if (this.state !== 'head' || this.lines.length > 0) return;
    if (!this.line.startsWith(PROTOCOL.slice(0, this.line.length))) parseHead([this.line]);
  }
  countLine(sizeBytes) {
    const isHead = this.state === 'head' || this.state === 'trailers';
    if (isHead) this.headBytes += sizeBytes;
    if (isHead ? this.headBytes > this.headBytesMax : this.line.length + sizeBytes > CHUNK_LINE_BYTES_MAX) {
      const what = isHead
        ? `the headers are longer than ${this.headBytesMax} bytes`
        : `a chunk's size line is longer than ${CHUNK_LINE_BYTES_MAX} bytes`;
      throw new HttpError('ERR_HTTP_TOO_LARGE', what);
    }
  }
  endLine(line) {
    if (this.state === 'chunk-size') this.beginChunk(line);
    else if (this.state === 'chunk-end') {
      if (line !== '') throw new HttpError('ERR_HTTP_BAD_RESPONSE', `a chunk is followed by ${quote(line)}`);
      this.state = 'chunk-size';
    } else if (line !== '' || (this.state === 'head' && this.lines.length === 0)) this.addLine(line);
    else if (this.state === 'head') this.endHead();
    else {
      parseFields(this.lines, 0);
      this.state = 'done';
    }
  }
  /** The status line is judged as soon as it is there: a server of another protocol may never send an empty line. */
  addLine(line) {
    if (this.state === 'head' && this.lines.length === 0) parseHead([line]);
    this.lines.push(line);
  }
  endHead() {
    const head = parseHead(this.lines);
    this.lines = [];
    if (head.status === 101) {
      throw new HttpError('ERR_HTTP_UNSUPPORTED', 'the server switched protocols, which was not asked for');
    }
    if (head.status < 200) return;
    const framing = bodyFraming(head);
    if (framing.kind === 'length') {
      this.remaining = framing.sizeBytes;
      this.state = framing.sizeBytes === 0 ? 'done' : 'length';
    } else if (framing.kind === 'chunked') this.state = 'chunk-size';
    else this.state = framing.kind === 'none' ? 'done' : 'until-end';
    this.sink.onHead(head);
  }
  beginChunk(line) {
    const match = /^0*([0-9A-Fa-f]{1,14})[ \t]*(?:;.*)?$/.exec(line);
    const sizeBytes = match === null ? Number.NaN : Number.parseInt(match[1], 16);
    if (!Number.isSafeInteger(sizeBytes)) {
      throw new HttpError(
        'ERR_HTTP_BAD_RESPONSE',
        `a chunk's size line is not a hexadecimal number: ${quote(line)}`,
      );
    }
    this.remaining = sizeBytes;
    this.state = sizeBytes === 0 ? 'trailers' : 'chunk-data';
  }
}
function decodeLatin1(bytes, begin, end) {
  let text = '';
  for (let index = begin; index < end; index += 1) text += String.fromCharCode(bytes[index]);
  return text;
}
