import type { ServiceLog } from './service-log.ts';
/**
 * Ends the process with 0 once the kernel has taken what connections that ended still had to send, or at the
 * deadline; then the log is written first.
 */
export declare function exitWhenSent(deadlineMs: number, log: ServiceLog): void;
