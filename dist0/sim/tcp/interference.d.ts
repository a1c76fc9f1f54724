import type { Direction } from './direction.ts';
import type { Segment } from './segment.ts';
/** The families that interfere, as bits of a network's mask. */
export declare const INTERFERING: number;
/** Lets a fault take the segment's place. Returns whether one did. */
export declare function interfere(direction: Direction, segment: Segment): boolean;
