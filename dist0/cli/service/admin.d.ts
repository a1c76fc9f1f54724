import { type Server } from 'node:http';
import { type InternetAddress } from '../../core/index.ts';
import type { ServiceLog } from './service-log.ts';
export interface AdminSource {
  /** Whether new connections are wanted. */
  readonly isReady: () => boolean;
  /** The metrics, as Prometheus reads them. */
  readonly metrics: () => Promise<string>;
}
/** `/health` says that the process lives, `/ready` whether it wants connections, `/metrics` what it counts. */
export declare function startAdmin(
  address: InternetAddress,
  source: AdminSource,
  log: ServiceLog,
): Promise<Server>;
/** Ends the server and what it has under way. */
export declare function stopAdmin(server: Server | null): void;
