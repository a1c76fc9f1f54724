import type { SegmentKind } from './segment.ts';
/** How often a segment is sent again before the connection is given up. */
export declare function retriesMax(kind: SegmentKind, isOrphan: boolean): number;
/** How long a sender waits after it has sent a segment for the `sent`-th time, counted from 1, in vain. */
export declare function retransmissionMs(kind: SegmentKind, sent: number, roundTripMs: number): number;
