export const ENDED = { kind: 'end' };
export const DONE = { kind: 'done' };
const KINDS = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ECONNREFUSED: 'refused',
};
export function reasonFor(error) {
  return { kind: KINDS[error.code] ?? 'failed', error };
}
