import type { Direction } from './direction.ts';
import { type Segment } from './segment.ts';
/** Whether the link keeps or loses the segment that has arrived there. */
export declare function isObstructed(direction: Direction, segment: Segment): boolean;
/** The segment is lost: its sender sends it again, or gives up. What follows waits for it. */
export declare function lose(direction: Direction, segment: Segment): void;
/**
 * Three acknowledgements of the same bytes ask for the segment after them, without a time-out (RFC 5681 section 3.2): each
 * segment that arrives behind a gap makes one.
 */
export declare function askFor(direction: Direction, lost: Segment): void;
/** Bytes have arrived, but their acknowledgement is lost: their sender sends them again, until it gives up. */
export declare function awaitAcknowledgement(direction: Direction, sent: number): void;
