import { FoulweatherError } from '../core/errors.ts';
/**
 * Why a response cannot be used.
 *
 * `ERR_HTTP_EMPTY_RESPONSE`: the server closed without a byte · `ERR_HTTP_TRUNCATED`: it closed before the end of the
 * response · `ERR_HTTP_BAD_RESPONSE`: what it sent is not HTTP/1 · `ERR_HTTP_UNSUPPORTED`: a coding this client does
 * not read · `ERR_HTTP_TOO_LARGE`: above a limit of this client · `ERR_HTTP_TIMEOUT`: it took too long.
 */
export type HttpErrorCode =
  | 'ERR_HTTP_EMPTY_RESPONSE'
  | 'ERR_HTTP_TRUNCATED'
  | 'ERR_HTTP_BAD_RESPONSE'
  | 'ERR_HTTP_UNSUPPORTED'
  | 'ERR_HTTP_TOO_LARGE'
  | 'ERR_HTTP_TIMEOUT';
/** The server's response is missing, broken, cut short, too large or too late. */
export declare class HttpError extends FoulweatherError {
  readonly code: HttpErrorCode;
  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions);
}
/** @internal Prints untrusted text from a server briefly. */
export declare function quote(text: string): string;
