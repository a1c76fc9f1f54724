import type { Direction } from './direction.ts';
/** A recv of `size` bytes gives so many of them. */
export declare function noteShortRead(direction: Direction, got: number, size: number): void;
/** A send of the first `size` bytes of `data` accepts so many of them. */
export declare function noteShortSend(
  direction: Direction,
  got: number,
  size: number,
  data: Uint8Array,
): void;
