// Every operation in every state that a connection can be in: what both ends see of it. `client` is the end that acts.
import { runProgram, type Step } from '../program.ts';
import type { Behaviour } from '../world.ts';

type Kind = Exclude<Step['kind'], 'take'>;

const at = (end: Step['end'], kind: Kind): Step =>
  kind === 'send' ? { end, kind, sizeBytes: 3 } : ({ end, kind } as Step);
const client = (kind: Kind): Step => at('client', kind);
const server = (kind: Kind): Step => at('server', kind);

/** What the client sees after its `connect`, and what the server sees, once both read and then close. */
type Seen = readonly [client: readonly string[], server: readonly string[]];

interface State {
  readonly state: string;
  /** Neither end reads unless told to. */
  readonly before: readonly Step[];
  readonly seen: Readonly<Record<'send' | 'read' | 'shutdownWrite' | 'close' | 'abort', Seen>>;
}

const STATES: readonly State[] = [
  {
    state: 'a fresh connection',
    before: [],
    seen: {
      send: [[], ['data xxx', 'end']],
      read: [[], ['end']],
      shutdownWrite: [[], ['end']],
      close: [[], ['end']],
      abort: [[], ['close reset ECONNRESET']],
    },
  },
  {
    state: 'a connection whose peer has ended',
    before: [server('shutdown')],
    seen: {
      send: [['end'], ['data xxx', 'end']],
      read: [['end'], ['end']],
      shutdownWrite: [['end'], ['end']],
      close: [[], ['end']],
      abort: [[], ['close reset ECONNRESET']],
    },
  },
  {
    state: 'a connection whose peer’s end was received',
    before: [server('shutdown'), client('read')],
    seen: {
      send: [['end'], ['data xxx', 'end']],
      read: [['end'], ['end']],
      shutdownWrite: [['end'], ['end']],
      close: [['end'], ['end']],
      abort: [['end'], ['close reset ECONNRESET']],
    },
  },
  {
    state: 'a connection with unread bytes',
    before: [server('send')],
    seen: {
      send: [['data xxx'], ['data xxx', 'end']],
      read: [['data xxx'], ['end']],
      shutdownWrite: [['data xxx'], ['end']],
      close: [[], ['close reset ECONNRESET']],
      abort: [[], ['close reset ECONNRESET']],
    },
  },
  {
    state: 'a connection that was shut down',
    before: [client('shutdown')],
    seen: {
      send: [['ERR_CHANNEL_STATE'], ['end']],
      read: [[], ['end']],
      shutdownWrite: [[], ['end']],
      close: [[], ['end']],
      abort: [[], ['end']],
    },
  },
  {
    state: 'a connection that both ends have shut down',
    before: [client('shutdown'), server('shutdown')],
    seen: {
      send: [['ERR_CHANNEL_STATE', 'end'], ['end']],
      read: [['end'], ['end']],
      shutdownWrite: [['end'], ['end']],
      close: [[], ['end']],
      abort: [[], ['end']],
    },
  },
  {
    state: 'a connection whose peer has closed',
    before: [server('close')],
    seen: {
      send: [['end'], []],
      read: [['end'], []],
      shutdownWrite: [['end'], []],
      close: [[], []],
      abort: [[], []],
    },
  },
  {
    state: 'a connection with unread bytes of a peer that has ended',
    before: [server('send'), server('shutdown')],
    seen: {
      send: [
        ['data xxx', 'end'],
        ['data xxx', 'end'],
      ],
      read: [['data xxx', 'end'], ['end']],
      shutdownWrite: [['data xxx', 'end'], ['end']],
      close: [[], ['close reset ECONNRESET']],
      abort: [[], ['close reset ECONNRESET']],
    },
  },
  {
    state: 'a connection with unread bytes of a peer that has closed',
    before: [server('send'), server('close')],
    seen: {
      send: [['data xxx', 'end'], []],
      read: [['data xxx', 'end'], []],
      shutdownWrite: [['data xxx', 'end'], []],
      close: [[], []],
      abort: [[], []],
    },
  },
  {
    state: 'a connection with unread bytes of a peer that has aborted',
    before: [server('send'), server('abort')],
    seen: {
      send: [['data xxx', 'close reset ECONNRESET'], []],
      read: [['data xxx', 'close reset ECONNRESET'], []],
      shutdownWrite: [['data xxx', 'close reset ECONNRESET'], []],
      close: [[], []],
      abort: [[], []],
    },
  },
  {
    state: 'a connection whose peer does not read what was sent',
    before: [client('send')],
    seen: {
      send: [[], ['data xxxxxx', 'end']],
      read: [[], ['data xxx', 'end']],
      shutdownWrite: [[], ['data xxx', 'end']],
      close: [[], ['data xxx', 'end']],
      abort: [[], ['data xxx', 'close reset ECONNRESET']],
    },
  },
];

const KINDS: Readonly<Record<keyof State['seen'], Kind>> = {
  send: 'send',
  read: 'read',
  shutdownWrite: 'shutdown',
  close: 'close',
  abort: 'abort',
};

export const EVERY_STATE: readonly Behaviour[] = STATES.flatMap(({ state, before, seen }) =>
  Object.entries(seen).map(([operation, [clientSees, serverSees]]) => ({
    title: `${operation} on ${state}`,
    run: (world) =>
      runProgram(world, [
        ...before,
        client(KINDS[operation as keyof State['seen']]),
        server('read'),
        client('read'),
      ]),
    expected: {
      client: ['connect', ...clientSees],
      ...(serverSees.length > 0 ? { server: serverSees } : {}),
    },
  })),
);
