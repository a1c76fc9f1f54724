import type { KeepAliveOptions } from '../../core/transport.ts';
import type { Network } from '../network.ts';
import type { SimEndpoint } from './endpoint.ts';
/** What one endpoint asks its peer. */
export declare class Probing {
  private readonly endpoint;
  private readonly network;
  private keeper;
  private persister;
  constructor(endpoint: SimEndpoint, network: Network);
  /** Null: ask no more. Throws ArgumentError. */
  keepAlive(options: KeepAliveOptions | null): void;
  /** The peer may have become silent, or may speak again; the endpoint may have opened, or may have got room. */
  update(): void;
  stop(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
}
