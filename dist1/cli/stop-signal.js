const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
export const STOP_SIGNALS = Object.keys(EXIT_CODES);
/**
 * Settles at the first SIGHUP, SIGINT or SIGTERM. Another SIGINT or SIGTERM ends the process at once; another SIGHUP does
 * not, as a terminal that closes may send two, one from the shell and one from the kernel.
 */
export function onStopSignal() {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of STOP_SIGNALS) {
      process.on(signal, () => {
        if (isStopping && signal !== 'SIGHUP') process.exit(EXIT_CODES[signal]);
        isStopping = true;
        resolve(signal);
      });
    }
  });
}
/** What a process ended by this signal leaves to its shell. */
export function stopExitCode(signal) {
  return EXIT_CODES[signal];
}
