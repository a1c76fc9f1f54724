import { type HttpHead } from './http-head.ts';
export interface ResponseSink {
  /** The final head; interim responses (1xx) are skipped. */
  onHead(head: HttpHead): void;
  /** The next bytes of the body, without chunk framing: a view of what was fed. */
  onBody(bytes: Uint8Array): void;
}
export declare class ResponseParser {
  private readonly sink;
  private readonly headBytesMax;
  private state;
  private lines;
  private line;
  /** Bytes of head, interim heads and trailers so far. */
  private headBytes;
  /** Bytes left of the body or of the chunk. */
  private remaining;
  private bodyBytes;
  private hasBegun;
  /** `headBytesMax` bounds the status line and headers, interim ones and trailers included. */
  constructor(sink: ResponseSink, headBytesMax: number);
  /** Whether the response is complete. What follows it is not looked at. */
  get isDone(): boolean;
  /** Takes the next bytes. Throws HttpError. */
  feed(bytes: Uint8Array): void;
  /** The stream has ended. Throws HttpError unless the response is complete. */
  end(): void;
  /** What decides how further bytes are read, as text. */
  fingerprint(): string;
  private describeMissing;
  private takeBody;
  /** Lines end with LF; a CR before it belongs to the line end (RFC 9112 section 2.2). */
  private takeLine;
  /** What begins as no HTTP response does is none, even if its first line never ends. */
  private checkBeginning;
  private countLine;
  private endLine;
  /** The status line is judged as soon as it is there: a server of another protocol may never send an empty line. */
  private addLine;
  private endHead;
  private beginChunk;
}
