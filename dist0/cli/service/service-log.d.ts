import type { Address, InternetAddress } from '../../core/index.ts';
import type { FlakyFault } from '../../harness/flaky/index.ts';
import type { ConnectionReport, ConnectionStart, Outcome, Refusal } from '../../services/index.ts';
export interface LogSettings {
  readonly format: 'auto' | 'json' | 'human';
  readonly isQuiet: boolean;
  readonly service: string;
  /** 0 outside of `--workers`. */
  readonly worker: number;
}
type Level = 'info' | 'warn' | 'error';
type Fields = Readonly<Record<string, unknown>>;
export declare class ServiceLog {
  private readonly settings;
  private readonly stream;
  private readonly logger;
  constructor(settings: LogSettings);
  listening(local: Address, remote: Address | null): void;
  admin(address: InternetAddress): void;
  opened(local: Address, start: ConnectionStart): void;
  closed(local: Address, report: ConnectionReport): void;
  refused(local: Address, refusal: Refusal): void;
  /** A fault that `--weather` has made. */
  fault(fault: FlakyFault): void;
  event(level: Level, message: string, fields?: Fields): void;
  /** A socket file that somebody left behind was in the way. */
  replaced(path: string): void;
  /** Calls once every line is written, or dropped. */
  whenWritten(call: () => void): void;
  /** Writes what is still waiting, before the process is ended by force. */
  flush(): void;
  private write;
}
/** Why a connection ended, as a sentence. */
export declare function describeOutcome(outcome: Outcome, addresses: readonly (Address | null)[]): string;
