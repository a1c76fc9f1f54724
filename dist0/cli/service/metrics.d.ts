import { Registry } from 'prom-client';
import type { ConnectionReport, Refusal, ServiceServer } from '../../services/index.ts';
/** What one process counts. Bytes are read from the servers when somebody asks, so that moving them costs nothing. */
export declare class Metrics {
  readonly registry: Registry<'text/plain; version=0.0.4; charset=utf-8'>;
  private readonly servers;
  private readonly opened;
  private readonly ended;
  private readonly refusals;
  private readonly faults;
  private readonly durations;
  constructor();
  listening(server: ServiceServer): void;
  connected(local: string): void;
  disconnected(local: string, report: ConnectionReport): void;
  refused(local: string, refusal: Refusal): void;
  fault(family: string): void;
  private watchServers;
}
