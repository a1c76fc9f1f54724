/** A behaviour in which a backend differs from the others, and why that is right or cannot be helped. */
export interface KnownDifference {
  readonly title: string;
  readonly backends: readonly string[];
  readonly expected: Record<string, readonly string[]>;
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    title: 'close of a Unix-domain connection with unread bytes gives the peer ECONNRESET',
    backends: ['real', 'real, public API alone'],
    expected: { client: ['connect', 'end'] },
    reason:
      'the bytes have left the kernel for the endpoint, which reads one chunk ahead, and nothing in Node resets a Unix-domain connection',
  },
];
