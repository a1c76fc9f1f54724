const lost: { error: NodeJS.ErrnoException | null } = { error: null };

/** Lets a command go on when nobody reads what it prints any more (`| head -1`), or it cannot be written: there is more to lose. */
export function outliveReaders(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && lost.error === null)
      process.stderr.write(`foulweather: standard output cannot be written (${error.message})\n`);
    lost.error = error;
  });
}

/** Whether results were lost: that nobody wanted to read them is nothing to complain of. */
export function hasLostOutput(): boolean {
  return lost.error !== null && lost.error.code !== 'EPIPE';
}
