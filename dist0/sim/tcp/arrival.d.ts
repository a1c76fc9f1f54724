import type { Direction } from './direction.ts';
import type { Segment } from './segment.ts';
/** What a segment does to whoever it was sent to. Data does it as it is delivered, byte by byte. */
export declare function arrive({ connection, receiver }: Direction, segment: Segment): void;
