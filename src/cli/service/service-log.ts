// The log of a service: one line for each event, JSON for machines or a sentence for people. Writing it never blocks
// a connection, and a log that cannot be written (a full disk) never ends one.
import { type Logger, pino } from 'pino';
import type { Address, InternetAddress } from '../../core/index.ts';
import { formatAddress, isUnixAddress } from '../../core/index.ts';
import type { FlakyFault } from '../../harness/flaky/index.ts';
import type { ConnectionReport, ConnectionStart, Outcome, Refusal } from '../../services/index.ts';
import { LogSink } from './log-sink.ts';

export interface LogSettings {
  readonly format: 'auto' | 'json' | 'human';
  readonly isQuiet: boolean;
  readonly service: string;
  /** 0 outside of `--workers`. */
  readonly worker: number;
}

type Level = 'info' | 'warn' | 'error';
type Fields = Readonly<Record<string, unknown>>;

export class ServiceLog {
  private readonly settings: LogSettings;
  private readonly stream = new LogSink(1);
  private readonly logger: Logger | null;

  constructor(settings: LogSettings) {
    this.settings = settings;
    const isHuman =
      settings.format === 'human' || (settings.format === 'auto' && process.stdout.isTTY === true);
    const base = {
      pid: process.pid,
      service: settings.service,
      ...(settings.worker > 0 && { worker: settings.worker }),
    };
    const formatters = { level: (level: string) => ({ level }) };
    this.logger = isHuman
      ? null
      : pino({ base, formatters, timestamp: pino.stdTimeFunctions.isoTime }, this.stream);
  }

  listening(local: Address, remote: Address | null): void {
    const line = `listening on ${formatAddress(local)}${remote === null ? '' : `, forwarding to ${formatAddress(remote)}`}`;
    const { host, port } = local as Partial<InternetAddress>;
    this.write('info', 'listening', { ...place(local, remote), host, port }, line);
  }

  admin(address: InternetAddress): void {
    const line = `health and metrics on http://${formatAddress(address)}`;
    this.write('info', 'admin', { ...address }, line);
  }

  opened(local: Address, start: ConnectionStart): void {
    if (this.settings.isQuiet) return;
    if (this.logger === null) {
      this.tell('info', `${connection(start)} opened`);
      return;
    }
    const { id, client, remote } = start;
    this.logger.info({ id, client: formatAddress(client), ...place(local, remote) }, 'connection opened');
  }

  closed(local: Address, report: ConnectionReport): void {
    const { id, client, remote, receivedBytes, sentBytes, cause, side, error } = report;
    if (this.settings.isQuiet && cause === 'end') return;
    const level = cause === 'end' ? 'info' : cause === 'exception' ? 'error' : 'warn';
    const durationMs = Math.round(report.durationMs * 1000) / 1000;
    const reason = describeOutcome(report, [local, client, remote]);
    if (this.logger === null) {
      const moved = `${receivedBytes} bytes in, ${sentBytes} out`;
      this.tell(level, `${connection(report)} closed after ${seconds(durationMs)}: ${moved}, ${reason}`);
      return;
    }
    const fields: Record<string, unknown> = {
      id,
      client: formatAddress(client),
      local: formatAddress(local),
    };
    if (remote !== null) fields.remote = formatAddress(remote);
    fields.receivedBytes = receivedBytes;
    fields.sentBytes = sentBytes;
    fields.durationMs = durationMs;
    fields.cause = cause;
    fields.side = side;
    const code = errorCode(error);
    if (code !== null) fields.code = code;
    fields.reason = reason;
    this.logger[level](fields, 'connection closed');
  }

  refused(local: Address, refusal: Refusal): void {
    const client = formatAddress(refusal.client);
    if (refusal.limit === null) {
      if (this.settings.isQuiet) return;
      const fields = { client, ...place(local, null) };
      this.write('info', 'connection broke off', fields, `${client} broke off before it was served`);
      return;
    }
    const limit = refusal.limit === 'address' ? '--max-per-address' : '--max-connections';
    const fields = { client, ...place(local, null), limit };
    this.write('warn', 'connection refused', fields, `${client} was reset: ${limit} is reached`);
  }

  /** A fault that `--weather` has made. */
  fault(fault: FlakyFault): void {
    if (this.settings.isQuiet) return;
    const { connection: number, direction, family, text } = fault;
    const remote = fault.remote === null ? '' : formatAddress(fault.remote);
    const line = `fault ${family} on socket ${number} (${remote}, ${direction}): ${text}`;
    this.write('info', 'fault', { socket: number, remote, direction, family, text }, line);
  }

  event(level: Level, message: string, fields: Fields = {}): void {
    const details = Object.entries(fields).map(([key, value]) => `${key} ${String(value)}`);
    this.write(level, message, fields, [message, ...details].join(', '));
  }

  /** A socket file that somebody left behind was in the way. */
  replaced(path: string): void {
    this.write('info', 'replaced a stale socket', { path }, `nobody listened on ${path}: replaced it`);
  }

  /** Calls once every line is written, or dropped. */
  whenWritten(call: () => void): void {
    this.stream.whenWritten(call);
  }

  /** Writes what is still waiting, before the process is ended by force. */
  flush(): void {
    this.stream.flush();
  }

  private write(level: Level, message: string, fields: Fields, line: string): void {
    if (this.logger === null) this.tell(level, line);
    else this.logger[level](fields, message);
  }

  /** Writes a line for people. */
  private tell(level: Level, line: string): void {
    const time = new Date().toISOString().slice(11, 23);
    const worker = this.settings.worker > 0 ? ` [${this.settings.worker}]` : '';
    const mark = level === 'info' ? '' : ` ${level}:`;
    this.stream.write(`${time} ${this.settings.service}${worker}${mark} ${line}\n`);
  }
}

/** Why a connection ended, as a sentence. */
export function describeOutcome(outcome: Outcome, addresses: readonly (Address | null)[]): string {
  const cut = addresses.some((address) => address !== null && isUnixAddress(address))
    ? '; the stream was cut, as a Unix-domain socket cannot be reset'
    : '';
  const who = outcome.side;
  const detail = outcome.error instanceof Error ? ` (${outcome.error.message})` : '';
  switch (outcome.cause) {
    case 'end':
      return 'both sides ended';
    case 'reset':
      return `the ${who} reset the connection${cut}`;
    case 'refused':
      return `the ${who} refused the connection${detail}${cut}`;
    case 'failed':
      return `the ${who} failed${detail}${cut}`;
    case 'exception':
      return `a handler threw${detail}${cut}`;
    case 'connect-timeout':
      return `the ${who} did not answer in time${cut}`;
    case 'idle-timeout':
      return `nothing moved for too long${cut}`;
    case 'drain-deadline':
      return `the service stops${cut}`;
  }
}

function place(local: Address, remote: Address | null): Fields {
  return { local: formatAddress(local), ...(remote !== null && { remote: formatAddress(remote) }) };
}

function connection(start: ConnectionStart): string {
  const remote = start.remote === null ? '' : ` to ${formatAddress(start.remote)}`;
  return `#${start.id} ${formatAddress(start.client)}${remote}`;
}

function seconds(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

function errorCode(error: unknown): string | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
