export const WRITE_FAILED = 23;
const BY_CODE = {
  ENOTFOUND: 6,
  EAI_AGAIN: 6,
  ECONNREFUSED: 7,
  EHOSTUNREACH: 7,
  ENETUNREACH: 7,
  ENOENT: 7,
  EACCES: 7,
  EADDRNOTAVAIL: 7,
  ERR_HTTP_BAD_RESPONSE: 8,
  ERR_HTTP_TRUNCATED: 18,
  ERR_HTTP_TIMEOUT: 28,
  ETIMEDOUT: 28,
  ERR_HTTP_EMPTY_RESPONSE: 52,
  EPIPE: 55,
  ECONNRESET: 56,
  ECONNABORTED: 56,
  ERR_HTTP_UNSUPPORTED: 61,
  ERR_HTTP_TOO_LARGE: 63,
};
/** The exit code for an error of a request. */
export function exitCodeFor(error) {
  return BY_CODE[error.code] ?? 1;
}
