import { FoulweatherError } from '../core/errors.js';
/** The server's response is missing, broken, cut short, too large or too late. */
export class HttpError extends FoulweatherError {
  constructor(code, message, options) {
    super(code, message, options);
  }
}
/** @internal Prints untrusted text from a server briefly. */
export function quote(text) {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
