// The log of a service: one line for each event, JSON for machines or a sentence for people. Writing it never blocks
// a connection, and a log that cannot be written (a full disk) never ends one.
import { pino } from 'pino';
import { formatAddress, isUnixAddress } from '../../core/index.js';
import { LogSink } from './log-sink.js';
export class ServiceLog {
  constructor(settings) {
    this.stream = new LogSink(1);
    this.settings = settings;
    const isHuman =
      settings.format === 'human' || (settings.format === 'auto' && process.stdout.isTTY === true);
    const base = {
      pid: process.pid,
      service: settings.service,
      ...(settings.worker > 0 && { worker: settings.worker }),
    };
    const formatters = { level: (level) => ({ level }) };
    this.logger = isHuman
      ? null
      : pino({ base, formatters, timestamp: pino.stdTimeFunctions.isoTime }, this.stream);
  }
  listening(local, remote) {
    const line = `listening on ${formatAddress(local)}${remote === null ? '' : `, forwarding to ${formatAddress(remote)}`}`;
    const { host, port } = local;
    this.write('info', 'listening', { ...place(local, remote), host, port }, line);
  }
  admin(address) {
    const line = `health and metrics on http://${formatAddress(address)}`;
    this.write('info', 'admin', { ...address }, line);
  }
  opened(local, start) {
    if (this.settings.isQuiet) return;
    const { id, client, remote } = start;
    const fields = { id, client: formatAddress(client), ...place(local, remote) };
    this.write('info', 'connection opened', fields, `${connection(start)} opened`);
  }
  closed(local, report) {
    const { id, client, remote, receivedBytes, sentBytes, cause, side, error } = report;
    if (this.settings.isQuiet && cause === 'end') return;
    const durationMs = Math.round(report.durationMs * 1000) / 1000;
    const code = errorCode(error);
    const reason = describeOutcome(report, [local, client, remote]);
    const fields = {
      id,
      client: formatAddress(client),
      ...place(local, remote),
      receivedBytes,
      sentBytes,
      durationMs,
    };
    const line = `${connection(report)} closed after ${seconds(durationMs)}: ${receivedBytes} bytes in, ${sentBytes} out, ${reason}`;
    const level = cause === 'end' ? 'info' : cause === 'exception' ? 'error' : 'warn';
    this.write(
      level,
      'connection closed',
      { ...fields, cause, side, ...(code !== null && { code }), reason },
      line,
    );
  }
  refused(local, refusal) {
    const limit = refusal.limit === 'address' ? '--max-per-address' : '--max-connections';
    const client = formatAddress(refusal.client);
    const fields = { client, ...place(local, null), limit };
    this.write('warn', 'connection refused', fields, `${client} was reset: ${limit} is reached`);
  }
  /** A fault that `--weather` has made. */
  fault(fault) {
    if (this.settings.isQuiet) return;
    const { connection: number, direction, family, text } = fault;
    const remote = fault.remote === null ? '' : formatAddress(fault.remote);
    const line = `fault ${family} on socket ${number} (${remote}, ${direction}): ${text}`;
    this.write('info', 'fault', { socket: number, remote, direction, family, text }, line);
  }
  event(level, message, fields = {}) {
    const details = Object.entries(fields).map(([key, value]) => `${key} ${String(value)}`);
    this.write(level, message, fields, [message, ...details].join(', '));
  }
  /** A socket file that somebody left behind was in the way. */
  replaced(path) {
    this.write('info', 'replaced a stale socket', { path }, `nobody listened on ${path}: replaced it`);
  }
  /** Calls once every line is written, or dropped. */
  whenWritten(call) {
    this.stream.whenWritten(call);
  }
  /** Writes what is still waiting, before the process is ended by force. */
  flush() {
    this.stream.flush();
  }
  write(level, message, fields, line) {
    if (this.logger !== null) {
      this.logger[level](fields, message);
      return;
    }
    const time = new Date().toISOString().slice(11, 23);
    const worker = this.settings.worker > 0 ? ` [${this.settings.worker}]` : '';
    const mark = level === 'info' ? '' : ` ${level}:`;
    this.stream.write(`${time} ${this.settings.service}${worker}${mark} ${line}\n`);
  }
}
/** Why a connection ended, as a sentence. */
export function describeOutcome(outcome, addresses) {
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
function place(local, remote) {
  return { local: formatAddress(local), ...(remote !== null && { remote: formatAddress(remote) }) };
}
function connection(start) {
  const remote = start.remote === null ? '' : ` to ${formatAddress(start.remote)}`;
  return `#${start.id} ${formatAddress(start.client)}${remote}`;
}
function seconds(durationMs) {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
function errorCode(error) {
  const { code } = error ?? {};
  return typeof code === 'string' ? code : null;
}
