import type { Network } from '../network.ts';
import type { Link } from './link.ts';
export declare class LinkCuts {
  private readonly network;
  private readonly link;
  private readonly back;
  private count;
  private endsAtMs;
  constructor(network: Network, link: Link, back: Link);
  /** Whether the link is cut as a segment arrives. */
  strikes(): boolean;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private note;
}
