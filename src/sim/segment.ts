/** What a segment carries. `refusal` answers a SYN that nobody wants, `probe` asks a peer whether it is still there. */
export type SegmentKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'refusal' | 'window' | 'probe';

export interface Segment {
  readonly kind: SegmentKind;
  /** Data: the stream position where it ends. */
  readonly end: number;
  atMs: number;
  readonly sequence: number;
  hasStalled: boolean;
  /** How often it has been sent in vain. */
  lost: number;
  /** Refusal and rst: the errno name that the receiver gets. */
  readonly code: string;
  /** The one sent after it. */
  next: Segment | null;
}
