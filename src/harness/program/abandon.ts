// What is done when a test is over before its run is: its runner's time-out has struck, and the body goes on.
import { active } from './active.ts';
import { ProgramError } from './errors.ts';

/**
 * Ends whatever is under way in this process, a search too, with ERR_ABORTED, and takes it out; settles when that is done. For an
 * `afterEach` of runners that hand their tests no signal. Where nothing is under way it does nothing.
 */
export async function abandon(): Promise<void> {
  active.abandoned += 1;
  active.run?.abort(undefined);
  await active.program;
  // Installed by hand. A whole process that lives on a simulation is nobody's test.
  if (active.quiet === null) active.installation?.remove();
}

/** Gives what throws ERR_ABORTED once `abandon()` has been called: for work that goes on between two runs. */
export function expectWanted(): () => void {
  const { abandoned } = active;
  return () => {
    if (active.abandoned !== abandoned) throw abortedError('between two runs', undefined);
  };
}

export function abortedError(at: string, reason: unknown): ProgramError {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  return new ProgramError('ERR_ABORTED', `the run was ended from outside${why}, ${at}`, { cause: reason });
}
