import type { InternetAddress } from '../core/address.ts';
export interface HttpTarget {
  readonly address: InternetAddress;
  /** The value of the Host header. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** The value of the Authorization header, if the URL has a user. */
  readonly authorization: string | null;
}
/** Where and what an `http:` URL asks for. Throws ArgumentError. */
export declare function parseHttpUrl(text: string | URL): HttpTarget;
/** The bytes of a GET request. Throws ArgumentError for a header that could not be one. */
export declare function formatRequest(request: {
  readonly host: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}): Uint8Array;
