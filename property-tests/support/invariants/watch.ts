// What a host's reactor does to its channels, and what these do with their endpoints, seen from outside: every channel
// is watched from the moment it is registered.
import {
  type Channel,
  type CloseReason,
  type Dispatcher,
  type Endpoint,
  isBytes,
  type Reactor,
} from '../../../src/core/index.ts';

const HANDLERS = ['handleConnect', 'handleRead', 'handleWrite', 'handleEnd', 'handleClose'] as const;

type HandlerName = (typeof HANDLERS)[number];

/** A channel as this file sees it. */
type Watched = Pick<Dispatcher, 'closed' | 'connecting' | 'channelSource'> &
  Record<HandlerName | 'finishChannel', (...parameters: unknown[]) => void>;

/** What one channel has been through. */
interface Life {
  readonly called: Set<HandlerName>;
  /** Whether it was made by `connect`, so that handleConnect comes first. */
  readonly mustConnect: boolean;
  /** Whether it is ending by itself, which handleClose tells. */
  isFinishing: boolean;
}

export class Watch {
  /** Calls that must not be, as sentences. */
  readonly violations: string[] = [];
  /** Handlers called. */
  calls = 0;
  receivedBytes = 0;
  /** Bytes that the transport has accepted. */
  sentBytes = 0;
  /** How often a channel was given up by a reset, from either side. */
  resets = 0;

  constructor(reactor: Reactor) {
    const add = reactor.add.bind(reactor);
    reactor.add = (channel: Channel): void => {
      this.watchHandlers(channel as unknown as Watched);
      this.meter((channel as unknown as Watched).channelSource as Endpoint | null);
      add(channel);
    };
  }

  /** Own properties win over the class's: the program itself does not notice. */
  private watchHandlers(channel: Watched): void {
    const life: Life = { called: new Set(), mustConnect: channel.connecting, isFinishing: false };
    const { finishChannel } = channel;
    channel.finishChannel = (reason): void => {
      life.isFinishing = !channel.closed;
      if ('error' in (reason as CloseReason)) this.resets += 1;
      finishChannel.call(channel, reason);
      life.isFinishing = false;
    };
    for (const name of HANDLERS) {
      const original = channel[name];
      channel[name] = (...parameters: unknown[]): void => {
        this.calls += 1;
        this.judge(channel, name, life);
        life.called.add(name);
        original.apply(channel, parameters);
      };
    }
  }

  private judge(channel: Watched, name: HandlerName, { called, mustConnect, isFinishing }: Life): void {
    const complain = (what: string): number => this.violations.push(`${name} of ${channel} ${what}`);
    if (called.has('handleClose')) complain('after handleClose');
    else if (name === 'handleClose') {
      if (!isFinishing) complain('though the program has closed it');
    } else if (channel.closed) complain('though it is closed');
    else if (name === 'handleConnect') {
      if (called.size > 0) complain('comes late, or twice');
    } else if (mustConnect && !called.has('handleConnect')) complain('before handleConnect');
    else if (name === 'handleEnd' && called.has(name)) complain('twice');
  }

  private meter(endpoint: Endpoint | null): void {
    if (endpoint === null || !('recv' in endpoint)) return;
    const { recv, send, abort } = endpoint;
    endpoint.recv = (sizeBytes) => {
      const received = recv.call(endpoint, sizeBytes);
      if (isBytes(received)) this.receivedBytes += received.length;
      return received;
    };
    endpoint.send = (data) => {
      const accepted = send.call(endpoint, data);
      this.sentBytes += accepted;
      return accepted;
    };
    endpoint.abort = () => {
      this.resets += 1;
      abort.call(endpoint);
    };
  }
}
