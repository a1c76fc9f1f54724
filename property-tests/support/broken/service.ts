// What a service under test looks like from outside, good or broken: a server made on a reactor.
import type { Address, Dispatcher, Reactor } from '../../../src/core/index.ts';

/** A server of either kind. */
export interface Service {
  readonly server: Dispatcher;
  /** Bytes received and not yet passed on, over all connections. */
  heldBytes(): number;
}

/** Makes an echo server that listens at `local`. */
export type MakeEcho = (reactor: Reactor, local: Address) => Service;

/** Makes a forwarder that listens at `local` and connects to `remote`. */
export type MakeForward = (
  reactor: Reactor,
  addresses: { readonly local: Address; readonly remote: Address },
) => Service;

/**
 * What kind of mistake it is. `bytes`: wrong or missing bytes after a cut · `ending`: a wrong end of a connection ·
 * `memory`: no bound on bytes or calls · `ordering`: wrong only if events come in another order · `starvation`: somebody waits for ever.
 */
export type Group = 'bytes' | 'ending' | 'memory' | 'ordering' | 'starvation';

export type EchoService = { readonly kind: 'echo'; readonly make: MakeEcho };

export type ForwardService = { readonly kind: 'forward'; readonly make: MakeForward };

interface Broken {
  readonly name: string;
  readonly group: Group;
  /** What it does wrong, as the end of the sentence "it …". */
  readonly mistake: string;
}

export type BrokenEcho = Broken & EchoService;

export type BrokenForward = Broken & ForwardService;

export type BrokenService = BrokenEcho | BrokenForward;
