/** Header fields in the order received; names keep their spelling and are looked up without regard to case. */
export declare class HttpHeaders {
  readonly entries: readonly (readonly [name: string, value: string])[];
  constructor(entries: readonly (readonly [name: string, value: string])[]);
  /** All values of a field joined with `, `, or null if it is absent. */
  get(name: string): string | null;
  /** The values of a field, one for each time it was sent. */
  all(name: string): string[];
}
export interface HttpHead {
  /** `1.0` or `1.1`. */
  readonly version: string;
  /** 100 to 999, both included. */
  readonly status: number;
  readonly reason: string;
  readonly headers: HttpHeaders;
}
/** Parses a head from its lines, without line ends and without the empty one. */
export declare function parseHead(lines: readonly string[]): HttpHead;
/** Parses the fields from `lines[from]` on; a folded line continues the one before it (RFC 9112 section 5.2). */
export declare function parseFields(lines: readonly string[], from: number): HttpHeaders;
/** How the end of a body is known. */
export type BodyFraming =
  | {
      readonly kind: 'none' | 'chunked' | 'until-end';
    }
  | {
      readonly kind: 'length';
      readonly sizeBytes: number;
    };
/** How the body of a response to GET ends (RFC 9112 section 6.3). */
export declare function bodyFraming(head: HttpHead): BodyFraming;
