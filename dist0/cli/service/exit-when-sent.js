/** A log whose reader stands still is waited for no longer. */
const LOG_MS_MAX = 1000;
/**
 * Ends the process with 0 once the kernel has taken what connections that ended still had to send, or at the
 * deadline; then the log is written first.
 */
export function exitWhenSent(deadlineMs, log) {
  process.exitCode = 0;
  const exit = () => process.exit(0);
  setTimeout(() => {
    setTimeout(exit, LOG_MS_MAX).unref();
    log.whenWritten(exit);
  }, deadlineMs).unref();
}
