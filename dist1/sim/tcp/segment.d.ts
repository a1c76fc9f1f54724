import { type Label } from '../decisions/label.ts';
import type { Receipt } from './flow.ts';
/** Ethernet's 1500 bytes without the headers: the most that one segment carries where segments have a size. */
export declare const SEGMENT_BYTES_MAX = 1460;
/** What a segment carries. `refusal` answers a SYN that nobody wants, `probe` asks a peer whether it is still there. */
export type SegmentKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'refusal' | 'window' | 'probe';
/** What each is to people; in parentheses as a trace has it. */
export declare const IN_WORDS: Readonly<Record<SegmentKind, string>>;
export interface Segment {
  readonly kind: SegmentKind;
  /** Data: the stream position where it ends. */
  readonly end: number;
  atMs: number;
  readonly sequence: number;
  hasStalled: boolean;
  /** How often it has been sent in vain. */
  lost: number;
  /** Whether what came after it has asked for it: then it is sent again before its time-out. */
  isFast: boolean;
  /** Refusal and rst: the errno name that the receiver gets. */
  readonly code: string;
  /** What it says of the opposite direction, where buffers are apart. */
  readonly receipt: Receipt | null;
  /** The one sent after it. */
  next: Segment | null;
}
/** @internal The family that may let this segment arrive together with what came before. */
export declare function coalescing({ kind }: Segment, seesReset: boolean): Label | null;
