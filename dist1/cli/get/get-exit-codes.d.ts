import type { TransportError } from '../../core/index.ts';
import type { HttpError } from '../../services/index.ts';
export declare const WRITE_FAILED = 23;
/** The exit code for an error of a request. */
export declare function exitCodeFor(error: HttpError | TransportError): number;
