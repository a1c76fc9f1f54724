// Where a backend differs from the others, and why that is right or cannot be helped. docs/known-differences.md explains
// each under its key.

export interface KnownDifference {
  /** Its name in docs/known-differences.md. */
  readonly key: string;
  /** Behaviours of the contract in which it shows, and what the backends see that differ from what is expected. */
  readonly cases: readonly DifferentCase[];
  /** Where else it is taken into account: files with its key, from the project's root. */
  readonly files: readonly string[];
}

interface DifferentCase {
  readonly title: string;
  readonly backends: readonly string[];
  readonly expected: Record<string, readonly string[]>;
}

const SOCKETS = 'property-tests/support/sockets/watched-socket.ts';

const FUZZER = 'property-tests/contract/differential.test.ts';

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    key: 'reset-after-end',
    cases: [
      {
        title: 'abort on a connection that was shut down',
        backends: ['simulation'],
        expected: { client: ['connect'], server: ['close reset EPIPE'] },
      },
      {
        title: 'abort on a connection that both ends have shut down',
        backends: ['simulation'],
        expected: { client: ['connect'], server: ['close reset EPIPE'] },
      },
      {
        title: 'send on a connection whose peer has closed',
        backends: ['simulation'],
        expected: { client: ['connect', 'close reset EPIPE'] },
      },
      {
        title: 'send on a connection with unread bytes of a peer that has closed',
        backends: ['simulation'],
        expected: { client: ['connect', 'data xxx', 'close reset EPIPE'] },
      },
    ],
    files: [FUZZER],
  },
  {
    key: 'unix-read-ahead',
    cases: [
      {
        title: 'close of a Unix-domain connection with unread bytes gives the peer ECONNRESET',
        backends: ['real', 'real, public API alone'],
        expected: { client: ['connect', 'end'] },
      },
    ],
    files: [],
  },
  { key: 'send-on-broken', cases: [], files: ['test/contract/program.ts', FUZZER] },
  { key: 'silent-host', cases: [], files: ['test/sim/links.test.ts'] },
  { key: 'no-nagle', cases: [], files: ['test/net/streams.test.ts'] },
  { key: 'reset-read-as-end', cases: [], files: [FUZZER] },
  { key: 'abort-after-shutdown', cases: [], files: [FUZZER] },
  { key: 'unix-reset-overtakes', cases: [], files: ['property-tests/net/differential.test.ts'] },
  { key: 'loopback-is-synchronous', cases: [], files: [SOCKETS] },
  { key: 'peer-forgotten', cases: [], files: [SOCKETS] },
  { key: 'long-paths', cases: [], files: ['test/sim/socket-paths.test.ts'] },
  { key: 'simultaneous-open', cases: [], files: ['test/sim/addresses.test.ts'] },
  { key: 'privileged-ports', cases: [], files: ['test/sim/resources.test.ts'] },
];
