// Programs of operations on net sockets and servers, as data: what the façade and the genuine node:net are both put through.

/** How a socket gets what it receives. */
export type Reader =
  /** Nothing is asked for. */
  | 'none'
  | 'data'
  /** On 'readable', everything; or one small piece. */
  | 'readable'
  | 'sip'
  /** A `for await` loop. */
  | 'iterate'
  /** What comes goes back. */
  | 'echo';

export type Operation =
  | { readonly kind: 'write' | 'end'; readonly sizeBytes: number; readonly hasCallback: boolean }
  | { readonly kind: 'read'; readonly sizeBytes: number }
  | { readonly kind: 'setTimeout'; readonly durationMs: number }
  | { readonly kind: 'use'; readonly reader: Reader }
  | { readonly kind: SimpleOperation };

export const SIMPLE_OPERATIONS = [
  'destroy',
  'destroyWithError',
  'resetAndDestroy',
  'destroySoon',
  'pause',
  'resume',
  'cork',
  'uncork',
  'reconnect',
  /** Notes the socket's properties. */
  'look',
] as const;
export type SimpleOperation = (typeof SIMPLE_OPERATIONS)[number];

export type End = 'client' | 'server';

/** Something a socket does in one of its events, the first time it happens. */
export interface Reaction {
  readonly end: End;
  readonly event: ReactionEvent;
  readonly operation: Operation;
}

export const REACTION_EVENTS = [
  'connect',
  'data',
  'end',
  'finish',
  'error',
  'close',
  'timeout',
  'drain',
] as const;
export type ReactionEvent = (typeof REACTION_EVENTS)[number];

/** Ways to connect. */
export const CONNECT_FORMS = [
  'arguments',
  'options',
  'constructor',
  'lookup',
  'race',
  /** Nobody listens there. */
  'refused',
  'absent',
] as const;
export type ConnectForm = (typeof CONNECT_FORMS)[number];

export interface SocketSettings {
  readonly allowHalfOpen: boolean;
  readonly highWaterMark: number | undefined;
}

export interface ServerSettings extends SocketSettings {
  readonly pauseOnConnect: boolean;
  readonly maxConnections: number | undefined;
}

/** One step; the next comes once everything is quiet. */
export type Act =
  | {
      readonly kind: 'connect';
      readonly connection: number;
      readonly form: ConnectForm;
      readonly settings: SocketSettings;
      readonly reader: Reader;
    }
  /** What one end does in one turn of the event loop. */
  | {
      readonly kind: 'operate';
      readonly connection: number;
      readonly end: End;
      readonly operations: readonly Operation[];
    }
  | { readonly kind: 'listen' }
  | { readonly kind: 'closeServer' }
  /** Until every time-out that a program may set has passed. */
  | { readonly kind: 'wait' };

export interface Program {
  readonly server: ServerSettings;
  /** How accepted sockets read. */
  readonly reader: Reader;
  readonly reactions: readonly Reaction[];
  readonly acts: readonly Act[];
}

/** How many connections there are at once. */
export const CONNECTIONS = 2;

/** As short as a time-out gets, and how long `wait` is: so far apart that a busy machine mixes them up rarely. */
export const TIMEOUT_MS = 25;
export const WAIT_MS = 60;

/** The program in one line, for a failure. */
export function describeProgram({ server, reader, reactions, acts }: Program): string {
  const parts = [
    `server${describeSettings(server)} reads by ${reader}`,
    ...reactions.map(({ end, event, operation }) => `${end} on ${event}: ${describeOperation(operation)}`),
    ...acts.map(describeAct),
  ];
  return parts.join('; ');
}

function describeAct(act: Act): string {
  if (act.kind === 'connect')
    return `connect ${act.connection} (${act.form}${describeSettings(act.settings)}) reads by ${act.reader}`;
  if (act.kind === 'operate')
    return `${act.end} ${act.connection} ${act.operations.map(describeOperation).join(' + ')}`;
  return act.kind;
}

function describeOperation(operation: Operation): string {
  if (operation.kind === 'setTimeout') return `setTimeout ${operation.durationMs}`;
  if (operation.kind === 'use') return `reads by ${operation.reader}`;
  if (!('sizeBytes' in operation)) return operation.kind;
  const callback = 'hasCallback' in operation && operation.hasCallback ? ' with callback' : '';
  return `${operation.kind} ${operation.sizeBytes}${callback}`;
}

function describeSettings(settings: object): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name} ${value}`))
    .join('');
}
