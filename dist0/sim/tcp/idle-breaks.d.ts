import type { Network } from '../network.ts';
import type { Connection } from './connection.ts';
export declare class IdleBreaks {
  private readonly network;
  /** In the order of their connect calls. */
  private watched;
  /** When each was last heard of as it was asked about: it is asked about once until it is heard of again. */
  private readonly asked;
  private count;
  constructor(network: Network);
  watch(connection: Connection): void;
  /**
   * Before an event is taken: if time moves to it, a connection that has been idle until then may break now. Whether one did: then
   * programs hear of it before time moves.
   */
  strike(): boolean;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private breaks;
}
