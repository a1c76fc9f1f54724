const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const KILLED =
  'foulweather verify: a scenario waits for the operating system (a child process, a pipe) in a thread that cannot be ended: this process is killed\n';

export type StopSignal = keyof typeof EXIT_CODES;

export const STOP_SIGNALS = Object.keys(EXIT_CODES) as readonly StopSignal[];

/**
 * Settles at the first SIGHUP, SIGINT or SIGTERM. Another SIGINT or SIGTERM ends the process at once, by `again`; another SIGHUP does
 * not, as a terminal that closes may send two, one from the shell and one from the kernel.
 */
export function onStopSignal(again: (signal: StopSignal) => void = exitBy): Promise<StopSignal> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of STOP_SIGNALS) {
      process.on(signal, () => {
        if (isStopping && signal !== 'SIGHUP') again(signal);
        isStopping = true;
        resolve(signal);
      });
    }
  });
}

function exitBy(signal: StopSignal): void {
  process.exit(EXIT_CODES[signal]);
}

/** Lets a signal do what it does to any process. Unlike `process.exit`, it waits for no thread. */
export function dieBy(signal: StopSignal | 'SIGKILL'): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/**
 * Kills the process once all is printed, as `process.exit` would wait for a thread that cannot be ended: by the signal that has
 * stopped it, else by SIGKILL, which is told.
 */
export function killAtEnd(signal: StopSignal | null): void {
  process.once('beforeExit', () => {
    if (signal !== null) dieBy(signal);
    else process.stderr.write(KILLED, () => dieBy('SIGKILL'));
  });
}

/** What a process ended by this signal leaves to its shell. */
export function stopExitCode(signal: StopSignal): number {
  return EXIT_CODES[signal];
}
