// How a broken service is made from the shipped one: a mistake is a subclass of the shipped channel, or of the shipped
// server, that overrides one of its steps. Everything else is src/services, as shipped.
import type { Address, Endpoint, Reactor } from '../../../src/core/index.ts';
import {
  type Candidate,
  type ClientRelay,
  EchoChannel,
  EchoServer,
  ForwardClient,
  ForwardRemote,
  ForwardServer,
  type Outcome,
  type Relay,
  type ServiceOptions,
  type ServiceServer,
} from '../../../src/services/index.ts';
import type { MakeEcho, MakeForward, Service } from './service.ts';

/** As many bytes as the window of the small worlds holds; with more unsent, none are received. */
export const OPTIONS: ServiceOptions = { highWaterMarkBytes: 7 };

/** What a receive takes at most. */
export const CHUNK_SIZE_BYTES = 4096;

/** Either half of a forwarder, or an echo: what a mistake may be made in. For the compiler only, there is no such class. */
declare class Channel extends Relay {
  override conclude(outcome: Outcome): void;
  override readonly side: 'client' | 'remote';
}

/** A class of channels. A mixin's parameters must be of the type any (TypeScript handbook, Mixins). */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Kind<Made extends Relay = Channel> = new (...parameters: any[]) => Made;

/** A mistake that a channel of any kind can make: the class with it. */
export type Mistake<Made extends Relay = Channel> = <Base extends Kind<Made>>(Base: Base) => Base;

export const none: Mistake = (Base) => Base;

/** The shipped echo server, with a mistake in its channels or in a subclass of the server itself. */
export function echoOf(mistake: Mistake<ClientRelay>, Server: typeof EchoServer = EchoServer): MakeEcho {
  const Channel = mistake(EchoChannel);
  class Variation extends Server {
    protected override serveClient(
      endpoint: Endpoint,
      address: Address,
      candidate: Candidate | null,
    ): ClientRelay {
      return new Channel(this, endpoint, address, candidate);
    }
  }
  return (reactor, local) => accountable(new Variation(reactor, local, OPTIONS));
}

/** The shipped forwarder, with a mistake in its accepted halves, in those that connect, or in both. */
export function forwardOf(client: Mistake<ForwardClient>, remote: Mistake): MakeForward {
  const Remote = remote(ForwardRemote);
  const Reaching = class extends ForwardClient {
    override reach(server: ForwardServer): Relay {
      return new Remote(this, server);
    }
  };
  const Client = client(Reaching);
  class Variation extends ForwardServer {
    protected override serveClient(
      endpoint: Endpoint,
      address: Address,
      candidate: Candidate | null,
    ): ClientRelay {
      return new Client(this, endpoint, address, candidate);
    }
  }
  return (reactor: Reactor, addresses) => accountable(new Variation(reactor, addresses, OPTIONS));
}

/** A shipped server as a service that tells what it holds. */
export function accountable(server: ServiceServer): Service {
  const heldBytes = (): number => {
    let sum = 0;
    for (const client of server.connections()) {
      sum += client.unsentBytes;
      if (client.peer !== client) sum += client.peer.unsentBytes;
    }
    return sum;
  };
  return { server, heldBytes };
}

/** What the channels of one server share, made when first asked for. */
export function sharedBy<State>(make: () => State): (channel: ClientRelay) => State {
  const states = new WeakMap<ServiceServer, State>();
  return ({ server }) => {
    let state = states.get(server);
    if (state === undefined) {
      state = make();
      states.set(server, state);
    }
    return state;
  };
}
