import type { TransportError } from './errors.ts';
/**
 * Why a channel ended, when it was not the program that closed it at once.
 *
 * `done`: what `closeWhenDone` waited for has been sent · `end`: the peer ended its direction, and every byte was handed over · `reset`: the connection was broken
 * (ECONNRESET, EPIPE, ECONNABORTED) · `refused`: nobody listens there · `failed`: any other error of the world ·
 * `exception`: one of the channel's own handlers threw.
 */
export type CloseReason =
  | {
      readonly kind: 'end' | 'done';
    }
  | {
      readonly kind: 'reset' | 'refused' | 'failed';
      readonly error: TransportError;
    }
  | {
      readonly kind: 'exception';
      readonly error: unknown;
    };
export declare const ENDED: CloseReason;
export declare const DONE: CloseReason;
export declare function reasonFor(error: TransportError): CloseReason;
