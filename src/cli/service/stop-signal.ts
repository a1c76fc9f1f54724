const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof EXIT_CODES;

/** Settles at the first SIGINT or SIGTERM. The second ends the process at once. */
export function onStopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of Object.keys(EXIT_CODES) as StopSignal[]) {
      process.on(signal, () => {
        if (isStopping) process.exit(EXIT_CODES[signal]);
        isStopping = true;
        resolve(signal);
      });
    }
  });
}

/** What a process ended by this signal leaves to its shell. */
export function stopExitCode(signal: StopSignal): number {
  return EXIT_CODES[signal];
}
