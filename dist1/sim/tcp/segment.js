import { COALESCE, END } from '../decisions/label.js';
/** Ethernet's 1500 bytes without the headers: the most that one segment carries where segments have a size. */
export const SEGMENT_BYTES_MAX = 1460;
/** What each is to people; in parentheses as a trace has it. */
export const IN_WORDS = {
  syn: 'the connection attempt (syn)',
  'syn-ack': 'the answer to the connection attempt (syn-ack)',
  ack: 'the end of the handshake (ack)',
  data: 'data',
  fin: 'the end of stream (fin)',
  rst: 'a reset (rst)',
  refusal: 'the refusal',
  window: 'word that there is room again (window)',
  probe: 'a question whether the peer is there (probe)',
};
/** @internal The family that may let this segment arrive together with what came before. */
export function coalescing({ kind }, seesReset) {
  if (kind === 'data') return COALESCE;
  return kind === 'fin' || (kind === 'rst' && seesReset) ? END : null;
}
