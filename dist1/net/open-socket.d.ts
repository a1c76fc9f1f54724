import { type Clock } from '../core/index.ts';
import type { OpenHandle, Origin } from './open-handle.ts';
import type { FacadeSocket } from './socket.ts';
/** A socket's entry among its module's open handles. */
export declare class OpenSocket implements OpenHandle {
  readonly kind = 'socket';
  private readonly socket;
  private readonly opened;
  private readonly isAccepted;
  constructor(socket: FacadeSocket, opened: Origin | undefined, isAccepted: boolean);
  get origin(): string | undefined;
  get clock(): Clock;
  get keepsAlive(): boolean;
  describe(): string;
  dispose(): void;
}
