import type { Server, Socket } from 'node:net';
import { type Address } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import { type Accepted, type Listener, type Watcher } from '../core/transport.ts';
import { type AcceptedHandle } from './private-handle.ts';
import type { RealContext } from './real-context.ts';
export type Admit = (accepted: Socket | AcceptedHandle, local: Address) => Accepted;
/** A listening address over a net.Server. */
export declare class RealListener implements Listener {
  watcher: Watcher | null;
  localAddress: Address | null;
  private readonly driver;
  private readonly server;
  private readonly target;
  private readonly admit;
  private bits;
  private waiting;
  private error;
  private isClosed;
  constructor(context: RealContext, server: Server, target: Address, admit: Admit);
  get readiness(): number;
  accept(): Accepted | null;
  takeError(): TransportError | null;
  close(): void;
  /** @internal Node binds an address at once, a name later. */
  noteAddress(): void;
  private receive;
  private fail;
  private event;
  private gain;
}
