import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { formatAddress } from '../../core/index.ts';
import type { ConnectionReport, Refusal, ServiceServer } from '../../services/index.ts';

/** From a request that a cache answers to a session of a day. */
const DURATION_BUCKETS_S = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 86_400];

/** What one process counts. Bytes are read from the servers when somebody asks, so that moving them costs nothing. */
export class Metrics {
  readonly registry = new Registry();
  private readonly servers: { readonly server: ServiceServer; readonly local: string }[] = [];
  private readonly opened: Counter;
  private readonly ended: Counter;
  private readonly refusals: Counter;
  private readonly faults: Counter;
  private readonly durations: Histogram;

  constructor() {
    const registers = [this.registry];
    const counter = (name: string, help: string, labelNames: string[]): Counter =>
      new Counter({ name, help, labelNames, registers });
    this.opened = counter('foulweather_connections_opened_total', 'Connections served', ['local']);
    this.ended = counter('foulweather_connections_closed_total', 'Connections over', [
      'local',
      'cause',
      'side',
    ]);
    this.refusals = counter('foulweather_connections_refused_total', 'Connections over unserved', [
      'local',
      'limit',
    ]);
    this.faults = counter('foulweather_faults_total', 'Faults made by --weather', ['family']);
    this.durations = new Histogram({
      name: 'foulweather_connection_duration_seconds',
      help: 'How long connections lasted',
      labelNames: ['local'],
      buckets: DURATION_BUCKETS_S,
      registers,
    });
    this.watchServers(registers);
    collectDefaultMetrics({ register: this.registry });
    // For the process that adds up what its workers count.
    AggregatorRegistry.setRegistries([this.registry]);
  }

  listening(server: ServiceServer): void {
    const local = formatAddress(server.localAddress!);
    this.servers.push({ server, local });
    this.opened.inc({ local }, 0);
  }

  connected(local: string): void {
    this.opened.inc({ local });
  }

  disconnected(local: string, report: ConnectionReport): void {
    this.ended.inc({ local, cause: report.cause, side: report.side });
    this.durations.observe({ local }, report.durationMs / 1000);
  }

  refused(local: string, refusal: Refusal): void {
    this.refusals.inc({ local, limit: refusal.limit ?? 'none' });
  }

  fault(family: string): void {
    this.faults.inc({ family });
  }

  private watchServers(registers: Registry[]): void {
    const { servers } = this;
    new Gauge({
      name: 'foulweather_connections_active',
      help: 'Connections being served',
      labelNames: ['local'],
      registers,
      collect() {
        for (const { server, local } of servers) this.set({ local }, server.activeCount);
      },
    });
    const bytes = (name: string, help: string, direction: 'receivedBytes' | 'sentBytes'): void => {
      const before = new Map<ServiceServer, number>();
      new Counter({
        name,
        help,
        labelNames: ['local'],
        registers,
        collect() {
          for (const { server, local } of servers) {
            const total = server.totals()[direction];
            this.inc({ local }, total - (before.get(server) ?? 0));
            before.set(server, total);
          }
        },
      });
    };
    bytes('foulweather_received_bytes_total', 'Bytes received from clients', 'receivedBytes');
    bytes('foulweather_sent_bytes_total', 'Bytes sent to clients', 'sentBytes');
  }
}
