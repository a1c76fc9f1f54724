declare const EXIT_CODES: {
  readonly SIGHUP: 129;
  readonly SIGINT: 130;
  readonly SIGTERM: 143;
};
export type StopSignal = keyof typeof EXIT_CODES;
export declare const STOP_SIGNALS: readonly StopSignal[];
/**
 * Settles at the first SIGHUP, SIGINT or SIGTERM. Another SIGINT or SIGTERM ends the process at once; another SIGHUP does
 * not, as a terminal that closes may send two, one from the shell and one from the kernel.
 */
export declare function onStopSignal(): Promise<StopSignal>;
/** What a process ended by this signal leaves to its shell. */
export declare function stopExitCode(signal: StopSignal): number;
